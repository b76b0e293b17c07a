-- Rows whose document another student has, too, with the first row that has it. The documents themselves may be large.
WITH shared AS MATERIALIZED (
    SELECT details -> '$.document' AS document, min(student_id) AS one, max(student_id) AS other
    FROM staged_row
    WHERE details -> '$.document' IS NOT NULL
    GROUP BY 1
    HAVING min(student_id) <> max(student_id)
)
SELECT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!",
    iif(staged_row.student_id = shared.one, shared.other, shared.one) AS "known!: String"
FROM staged_row
JOIN shared ON shared.document = staged_row.details -> '$.document'
ORDER BY staged_row.record
