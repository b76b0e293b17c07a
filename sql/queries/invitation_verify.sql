-- All that it lists is in SEEK Pass: the invitation is done.
UPDATE invitation
SET state = 'verified'
WHERE state = 'open'
  AND id = (SELECT invitation_id FROM qualification WHERE graduate_id = $1 AND course_key = $2)
  AND NOT EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id AND qualification.invitation_id = invitation.id
      AND qualification.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM submission
        WHERE submission.graduate_id = qualification.graduate_id
          AND submission.course_key = qualification.course_key AND submission.state = 'verified'
      )
  )
