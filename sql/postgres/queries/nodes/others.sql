-- PostgreSQL. How many messages that were due at $2 other nodes than $1 have in hand and not sent yet.
SELECT count(*) AS "messages!"
FROM in_hand
JOIN message ON message.id = in_hand.message_id
WHERE in_hand.node <> $1
  AND (message.state = 'sending' OR message.state IN ('waiting', 'deferred') AND message.due_at <= $2)
