-- The relay's answer was about us: it is as if it had not been tried. $1 is a JSON list.
UPDATE message
SET state = 'waiting', due_at = $2, attempts = max(attempts - 1, 0)
WHERE id IN (SELECT value FROM json_each($1)) AND state IN ('refused', 'deferred')
