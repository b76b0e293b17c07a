-- Nothing more is to be done about the mail of an invitation that is done.
-- (the plus: there are a million of each state, and few of an invitation)
UPDATE message
SET state = 'canceled'
WHERE coalesce(state, '') IN ('waiting', 'deferred', 'refused', 'in_doubt')
  AND invitation_id = (SELECT id FROM invitation WHERE id = $1 AND state = 'verified')
