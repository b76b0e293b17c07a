-- The next to be tried, in the order in which graduates asked.
SELECT id FROM submission
WHERE state = 'waiting' AND id > $1 AND due_at <= $2
ORDER BY id
LIMIT $3
