-- Rows that could not be taken, of batch $1 or of all.
SELECT
    coalesce(rejected_row.student_id, '') AS "student_id!: String", batch.started_at AS "since!: Moment",
    rejected_row.roster, rejected_row.line, rejected_row.problem
FROM rejected_row
JOIN batch ON batch.id = rejected_row.batch_id
WHERE CAST($1 AS BIGINT) IS NULL OR rejected_row.batch_id = $1
ORDER BY rejected_row.id
