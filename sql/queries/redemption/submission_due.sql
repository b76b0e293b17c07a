-- The next to be tried, in the order in which graduates asked.
SELECT id FROM submission
WHERE state = 'waiting' AND due_at <= $1
ORDER BY asked_at, id
LIMIT CAST($2 AS BIGINT)
