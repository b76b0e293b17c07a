-- Refused or put off before its content was sent: one attempt, and what became of it.
UPDATE message
SET state = $2, due_at = $3, attempts = attempts + 1
WHERE id = $1 AND state IN ('waiting', 'deferred')
RETURNING attempts
