-- $4 is when it may have reached SEEK Pass, or NULL where it cannot have.
UPDATE submission
SET due_at = $2, trouble = $3, sent_at = coalesce(sent_at, $4), attempts = attempts + 1, leased_until = NULL
WHERE id = $1 AND state = 'waiting'
