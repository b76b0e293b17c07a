-- Message $1 has bounced: nothing is to remind of it.
UPDATE message
SET state = 'canceled'
WHERE kind = 'reminder' AND coalesce(state, '') IN ('waiting', 'deferred')
  AND invitation_id = (SELECT invitation_id FROM message WHERE id = $1)
