-- PostgreSQL.
-- For an addition, whose other rows are in the ledger already. That is gone through only for an addition with documents.
SELECT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM qualification
JOIN graduate ON graduate.id = qualification.graduate_id
JOIN staged_row
    ON CAST(staged_row.details AS JSONB) -> 'document' = CAST(qualification.details AS JSONB) -> 'document' AND staged_row.student_id <> graduate.student_id
WHERE EXISTS (SELECT 1 FROM staged_row WHERE CAST(details AS JSONB) -> 'document' IS NOT NULL)
  AND CAST(qualification.details AS JSONB) -> 'document' IS NOT NULL AND qualification.withdrawn_at IS NULL
  -- what the other one has from now on is held against the rows themselves
  AND NOT EXISTS (
    SELECT 1 FROM staged_row AS own
    WHERE own.student_id = graduate.student_id AND own.course_key = qualification.course_key
  )
ORDER BY staged_row.record
