-- The relay's words on message $1.
UPDATE attempt
SET ended_at = $2, outcome = $3, reply = $4
WHERE message_id = $1 AND outcome IS NULL
