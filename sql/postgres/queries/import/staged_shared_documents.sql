-- PostgreSQL.
-- Rows whose document another student has, too, with the first row that has it. The documents themselves may be large.
WITH shared AS MATERIALIZED (
    SELECT CAST(details AS JSONB) -> 'document' AS document, min(student_id) AS one, max(student_id) AS other
    FROM staged_row
    WHERE CAST(details AS JSONB) -> 'document' IS NOT NULL
    GROUP BY 1
    HAVING min(student_id) <> max(student_id)
)
SELECT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!",
    CASE WHEN staged_row.student_id = shared.one THEN shared.other ELSE shared.one END AS "known!: String"
FROM staged_row
JOIN shared ON shared.document = CAST(staged_row.details AS JSONB) -> 'document'
ORDER BY staged_row.record
