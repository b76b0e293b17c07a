-- A graduate, or an award, is back in the roster: the invitation is open again, unless all that it lists is verified.
UPDATE invitation
SET state = CASE WHEN EXISTS (
    SELECT 1 FROM unverified_award AS award
    WHERE award.graduate_id = invitation.graduate_id AND award.invitation_id = invitation.id
  ) THEN 'open' ELSE 'verified' END
WHERE state IN ('withdrawn', 'verified')
  AND graduate_id IN (
    SELECT graduate.id FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  )
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
  )
