-- Tells of the qualification that can be added again; a message that is still to go does that as well. $4: nobody asked for
-- it, but its day came.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at, came_by_itself)
SELECT invitation.id, coalesce(
        -- of the import that brought what it tells of
        (SELECT max(earlier.batch_id) FROM message AS earlier WHERE earlier.invitation_id = invitation.id),
        (SELECT max(id) FROM batch)
    ), 'update', 'waiting', $3, $4
FROM qualification
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE qualification.graduate_id = $1 AND qualification.course_key = $2
  AND NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id AND message.kind <> 'reminder'
      AND coalesce(message.state, '') IN ('waiting', 'deferred')
  )
