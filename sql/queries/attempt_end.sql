-- The relay's words on the messages of $1.
UPDATE attempt
SET ended_at = answer.value ->> 'at', outcome = answer.value ->> 'outcome', reply = answer.value ->> 'reply'
FROM json_each($1) AS answer
WHERE attempt.message_id = answer.value ->> 'message_id' AND attempt.outcome IS NULL
