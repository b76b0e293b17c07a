UPDATE invitation
SET state = 'open'
WHERE state = 'revoked' AND graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM submission
        WHERE submission.graduate_id = qualification.graduate_id
          AND submission.course_key = qualification.course_key AND submission.state = 'verified'
      )
  )
