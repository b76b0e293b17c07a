-- Whether no import has brought anything yet, or nothing of it is left, not even of what was purged or of rows that were rejected.
SELECT
    NOT EXISTS (SELECT 1 FROM graduate) AND NOT EXISTS (SELECT 1 FROM invitation)
    AND NOT EXISTS (SELECT 1 FROM message) AND NOT EXISTS (SELECT 1 FROM purged_award)
    AND NOT EXISTS (SELECT 1 FROM rejected_row) AS "empty!: bool"
