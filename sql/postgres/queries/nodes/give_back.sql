-- PostgreSQL. What the node $1 has in hand and is not sending is anybody's.
DELETE FROM claim
WHERE node = $1
  AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = claim.message_id AND message.state = 'sending')
