-- What bounced for a while is tried again, as a new message: whatever still comes back of the old one is known by its token.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at, again)
SELECT invitation_id, batch_id, message_kind, 'waiting', $1, again + 1 FROM unreached WHERE again_at <= $1
