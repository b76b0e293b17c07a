UPDATE submission
SET state = 'rejected', ended_at = $2, trouble = $3, attempts = attempts + 1
WHERE id = $1 AND state = 'waiting'
