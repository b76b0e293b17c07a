-- Whether no import has brought anything yet, or nothing of it is left. Where somebody was purged, rows have to be looked
-- at before they go in.
SELECT
    NOT EXISTS (SELECT 1 FROM graduate) AND NOT EXISTS (SELECT 1 FROM invitation)
    AND NOT EXISTS (SELECT 1 FROM message) AND NOT EXISTS (SELECT 1 FROM purged_award) AS "empty!: bool"
