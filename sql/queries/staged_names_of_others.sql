-- For a file of mended rows, whose other rows are in the ledger already.
SELECT staged_row.record AS "record!", staged_row.line, staged_row.student_id, lower(staged_row.email) AS "email!: String"
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id AND graduate.full_name <> staged_row.full_name
