-- A new address: codes that went to the old one stop working, since it may be somebody else's.
UPDATE code
SET retired_at = $3
WHERE retired_at IS NULL
  AND invitation_id IN (
    SELECT invitation.id
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    JOIN invitation ON invitation.graduate_id = graduate.id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
      AND staged_row.email <> graduate.email AND invitation.state IN ('open', 'withdrawn', 'verified')
  )
