-- Tells of the qualification that can be added again; a message that is still to go does that as well.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, (SELECT max(id) FROM batch), 'update', 'waiting', $3
FROM qualification
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE qualification.graduate_id = $1 AND qualification.course_key = $2
  AND NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id AND +message.state IN ('waiting', 'deferred')
  )
