-- SEEK Pass says that it is over: canceled or lapsed ($2). One that we gave up ourselves keeps its state.
UPDATE submission
SET state = CASE state WHEN 'incomplete' THEN $2 ELSE state END,
    ended_at = coalesce(ended_at, $3), told_at = $3, link = NULL, unknown_status = NULL
WHERE id = $1 AND state IN ('incomplete', 'canceled', 'lapsed', 'replaced')
