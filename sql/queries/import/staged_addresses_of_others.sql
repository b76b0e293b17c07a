-- For a file of corrected rows, whose other rows are in the ledger already; $1: for a whole roster of one of several types, beside
-- which others list other students.
SELECT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM graduate
JOIN staged_row ON lower(staged_row.email) = lower(graduate.email) AND staged_row.student_id <> graduate.student_id
WHERE staged_row.shares_address = 0 AND NOT ($1 AND EXISTS (SELECT 1 FROM staged_row AS own WHERE own.student_id = graduate.student_id))
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
)
