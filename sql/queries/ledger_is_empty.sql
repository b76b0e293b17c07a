-- Whether no import has brought anything yet, or nothing of it is left.
SELECT
    NOT EXISTS (SELECT 1 FROM graduate) AND NOT EXISTS (SELECT 1 FROM invitation)
    AND NOT EXISTS (SELECT 1 FROM message) AS "empty!: bool"
