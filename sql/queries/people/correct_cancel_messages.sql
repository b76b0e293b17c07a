-- As merge_cancel_messages: what never arrived at the old address makes room for a new message, and so does a
-- reminder of it.
UPDATE message
SET state = 'canceled'
WHERE (coalesce(state, '') IN ('deferred', 'refused', 'in_doubt') OR kind = 'reminder' AND coalesce(state, '') = 'waiting')
  AND invitation_id IN (SELECT id FROM invitation WHERE graduate_id = $1 AND state IN ('open', 'withdrawn'))
