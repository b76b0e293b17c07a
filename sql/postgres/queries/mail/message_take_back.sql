-- PostgreSQL.
-- The relay's answer was about us: it is as if it had not been tried. $1 is a JSON list.
UPDATE message
SET state = 'waiting', due_at = $2, attempts = greatest(attempts - 1, 0)
WHERE id IN (SELECT CAST(json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS BIGINT)) AND state IN ('refused', 'deferred')
