-- Before a new address is written over the old one: rosters of other types than $3 say the old one until they say another.
UPDATE qualification
SET roster_email = graduate.email
FROM graduate
WHERE qualification.graduate_id = graduate.id AND qualification.credential_type IS NOT $3
  AND qualification.roster_email IS NULL
  AND graduate.student_id > $1 AND graduate.student_id <= $2
  AND EXISTS (
    SELECT 1 FROM staged_row
    WHERE staged_row.student_id = graduate.student_id AND staged_row.email <> graduate.email
  )
