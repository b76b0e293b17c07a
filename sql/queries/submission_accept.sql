UPDATE submission
SET state = 'incomplete', link = $2, accepted_at = $4, sent_at = coalesce(sent_at, $3), attempts = attempts + 1,
    trouble = NULL
WHERE id = $1 AND state = 'waiting'
