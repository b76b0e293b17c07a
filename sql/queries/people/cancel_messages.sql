-- Whatever of a student's mail is not at its end: the invitation is revoked, or another message takes its place.
UPDATE message
SET state = 'canceled'
WHERE coalesce(state, '') IN ('waiting', 'deferred', 'refused', 'in_doubt')
  AND invitation_id IN (
    SELECT invitation.id FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state IN ('open', 'revoked')
    WHERE graduate.student_id = $1
  )
