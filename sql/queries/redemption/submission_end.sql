-- It is over: canceled, lapsed, rejected or replaced.
UPDATE submission
SET state = $2, ended_at = $3, link = NULL, trouble = coalesce($4, trouble)
WHERE id = $1 AND state IN ('waiting', 'incomplete')
