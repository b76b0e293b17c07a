-- A graduate, or an award, is back in the roster: the invitation is open again, unless all that it lists is verified.
UPDATE invitation
SET state = CASE WHEN EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM submission
        WHERE submission.graduate_id = qualification.graduate_id
          AND submission.course_key = qualification.course_key AND submission.state = 'verified'
      )
  ) THEN 'open' ELSE 'verified' END
WHERE state IN ('withdrawn', 'verified')
  AND graduate_id IN (SELECT id FROM graduate WHERE student_id > $1 AND student_id <= $2)
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = invitation.graduate_id
      AND qualification.invitation_id = invitation.id AND qualification.withdrawn_at IS NULL
  )
