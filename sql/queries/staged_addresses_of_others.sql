-- For a file of mended rows, whose other rows are in the ledger already.
SELECT staged_row.record AS "record!", staged_row.line, staged_row.student_id, lower(staged_row.email) AS "email!: String"
FROM graduate
JOIN staged_row ON lower(staged_row.email) = lower(graduate.email) AND staged_row.student_id <> graduate.student_id
WHERE EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
)
