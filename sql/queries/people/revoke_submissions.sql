-- Whoever has the link of one of them may be a stranger: a new code leads to a new one.
UPDATE submission
SET state = 'canceled', ended_at = $2, link = NULL, trouble = 'the invitation was revoked'
WHERE state IN ('waiting', 'incomplete')
  AND graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
  AND EXISTS (
    SELECT 1 FROM qualification
    JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'revoked'
    WHERE qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
  )
