-- An invitation to nothing is withdrawn.
UPDATE invitation
SET state = 'withdrawn'
WHERE state = 'open'
  AND graduate_id IN (SELECT graduate_id FROM staged_lost WHERE graduate_id > $1 AND graduate_id <= $2)
  AND NOT EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
  )
