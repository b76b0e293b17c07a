-- Before a new address is written over the old one: rosters of other types than $3 say the old one until they say another.
UPDATE qualification
SET roster_email = (SELECT graduate.email FROM graduate WHERE graduate.id = qualification.graduate_id)
WHERE qualification.graduate_id IN (
    SELECT graduate.id
    FROM staged_row
    CROSS JOIN graduate
    WHERE graduate.student_id = staged_row.student_id AND graduate.email <> staged_row.email
      AND staged_row.student_id > $1 AND staged_row.student_id <= $2
  )
  AND qualification.credential_type IS DISTINCT FROM $3
  AND qualification.roster_email IS NULL
