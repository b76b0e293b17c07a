UPDATE invitation
SET state = 'open'
WHERE state = 'revoked' AND graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
  AND EXISTS (
    SELECT 1 FROM unverified_award AS award
    WHERE award.graduate_id = invitation.graduate_id AND award.invitation_id = invitation.id
  )
