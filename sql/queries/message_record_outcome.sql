-- What the relay answered: $1 is a list of messages that are `sending`, each with its state from now on. What it did not
-- take, for an invitation that was ended meanwhile, needs no more trying.
UPDATE message
SET
    state = CASE
        WHEN answer.value ->> 'state' <> 'sent'
            AND EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open')
        THEN 'canceled'
        ELSE answer.value ->> 'state'
    END,
    due_at = answer.value ->> 'due_at', sent_at = answer.value ->> 'sent_at'
FROM json_each($1) AS answer
WHERE message.id = answer.value ->> 'message_id' AND message.state = 'sending'
RETURNING message.id
