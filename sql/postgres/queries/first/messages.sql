-- Numbered in the order of the roster, as in a file.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT record, $1, 'invitation', 'waiting', $2 FROM staged_first ORDER BY record
