-- A graduate is back in the roster: the invitation is open again.
UPDATE invitation
SET state = 'open'
WHERE state = 'withdrawn'
  AND graduate_id IN (SELECT id FROM graduate WHERE student_id > $1 AND student_id <= $2)
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
  )
