-- For a file of corrected rows, whose other rows are in the ledger already.
SELECT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id AND graduate.full_name <> staged_row.full_name
