-- What the relay answered: $1 is a list of messages that are `sending`, each with its state from now on.
UPDATE message
SET state = answer.value ->> 'state', due_at = answer.value ->> 'due_at', sent_at = answer.value ->> 'sent_at'
FROM json_each($1) AS answer
WHERE message.id = answer.value ->> 'message_id' AND message.state = 'sending'
RETURNING message.id
