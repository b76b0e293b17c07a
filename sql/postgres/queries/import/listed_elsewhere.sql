-- PostgreSQL.
-- Of the students of the JSON list $1, those of whom the ledger lists something of another type than $2.
SELECT student_id
FROM graduate
WHERE student_id IN (SELECT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)))
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
      AND qualification.credential_type IS DISTINCT FROM $2
  )
