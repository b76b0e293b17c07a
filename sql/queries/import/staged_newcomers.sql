-- How many students the ledger does not know, and how many it knows.
SELECT
    (
        SELECT count(DISTINCT student_id) FROM staged_row
        WHERE NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = staged_row.student_id)
    ) AS "new!: i64",
    (SELECT count(*) FROM graduate) AS "known!: i64"
