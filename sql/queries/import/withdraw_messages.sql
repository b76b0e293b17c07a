-- Nothing more is to be done about the mail of an invitation to nothing.
-- (the plus: there are a million of each state, and few of an invitation)
UPDATE message
SET state = 'canceled'
WHERE coalesce(state, '') IN ('waiting', 'deferred', 'refused', 'in_doubt')
  AND invitation_id IN (
    SELECT id FROM invitation
    WHERE state = 'withdrawn'
      AND graduate_id IN (SELECT graduate_id FROM staged_lost WHERE graduate_id > $1 AND graduate_id <= $2)
  )
