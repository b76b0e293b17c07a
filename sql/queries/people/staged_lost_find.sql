-- What a roster of type $1 lists no more. A student with a mistake in a row is still in the roster.
INSERT INTO staged_lost (graduate_id, course_key)
SELECT DISTINCT qualification.graduate_id, qualification.course_key
FROM staged_missing
CROSS JOIN qualification
JOIN graduate ON graduate.id = qualification.graduate_id
WHERE qualification.graduate_id = staged_missing.graduate_id
  AND qualification.fingerprint = staged_missing.fingerprint AND qualification.withdrawn_at IS NULL
  AND qualification.credential_type IS NOT DISTINCT FROM $1
  AND NOT EXISTS (
    SELECT 1 FROM staged_row
    WHERE staged_row.student_id = graduate.student_id AND staged_row.course_key = qualification.course_key
  )
  AND NOT EXISTS (SELECT 1 FROM staged_mention WHERE staged_mention.student_id = graduate.student_id)
