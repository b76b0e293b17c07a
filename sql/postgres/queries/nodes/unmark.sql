-- PostgreSQL. Message $1, which the node $2 marked as being sent, did not go: it is as if it had not been begun.
UPDATE message
SET state = CASE
        WHEN EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open') THEN 'canceled'
        ELSE 'waiting'
    END,
    attempts = greatest(attempts - 1, 0)
WHERE id = $1 AND state IN ('sending', 'in_doubt')
  AND EXISTS (SELECT 1 FROM claim WHERE claim.message_id = $1 AND claim.node = $2)
