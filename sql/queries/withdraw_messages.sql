UPDATE message
SET state = 'canceled'
WHERE state IN ('waiting', 'deferred')
  AND invitation_id IN (
    SELECT id FROM invitation WHERE graduate_id > $1 AND graduate_id <= $2 AND state = 'withdrawn'
  )
