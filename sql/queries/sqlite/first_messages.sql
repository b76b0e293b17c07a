INSERT OR ROLLBACK INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT id, $1, 'invitation', 'waiting', $2 FROM invitation ORDER BY id
