-- All that it lists is in SEEK Pass: the invitation is done.
UPDATE invitation
SET state = 'verified'
WHERE state = 'open'
  AND id = (SELECT invitation_id FROM qualification WHERE graduate_id = $1 AND course_key = $2)
  AND NOT EXISTS (
    SELECT 1 FROM unverified_award AS award
    WHERE award.graduate_id = invitation.graduate_id AND award.invitation_id = invitation.id
  )
