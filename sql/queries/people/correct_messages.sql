-- As merge_messages: an open invitation with no message under way and no code that works is mailed anew.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, coalesce(
        -- of the import that brought what it tells of
        (SELECT max(earlier.batch_id) FROM message AS earlier WHERE earlier.invitation_id = invitation.id),
        (SELECT max(id) FROM batch)
    ), 'invitation', 'waiting', $2
FROM invitation
WHERE invitation.graduate_id = $1 AND invitation.state = 'open'
  AND NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id
      AND coalesce(message.state, '') IN ('waiting', 'sending', 'deferred', 'refused', 'in_doubt')
  )
