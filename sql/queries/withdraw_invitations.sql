-- An invitation to nothing is withdrawn.
UPDATE invitation
SET state = 'withdrawn'
WHERE graduate_id > $1 AND graduate_id <= $2 AND state = 'open'
  AND NOT EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
  )
