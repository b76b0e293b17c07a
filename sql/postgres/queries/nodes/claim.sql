-- PostgreSQL. Of the messages $1 the node $2 has those in hand from now on that are still due at $3 and in nobody's.
INSERT INTO claim (message_id, node)
SELECT message.id, $2
FROM message
WHERE message.id = ANY ($1) AND message.state IN ('waiting', 'deferred') AND message.due_at <= $3
  AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
  AND EXISTS (SELECT 1 FROM node WHERE node.id = $2 AND node.lease_until > server_now())
ON CONFLICT (message_id) DO UPDATE SET node = excluded.node
RETURNING message_id
