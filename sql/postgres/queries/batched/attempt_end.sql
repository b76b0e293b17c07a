-- PostgreSQL. The relay's words on message $1, which may come late.
UPDATE attempt
SET ended_at = $2, outcome = $3, reply = $4
WHERE message_id = $1
  AND number = (SELECT max(number) FROM attempt AS latest WHERE latest.message_id = $1)
  AND (outcome IS NULL OR outcome = 'unknown')
