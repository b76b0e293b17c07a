-- What the relay answered to message $1, which is `sending`; $2 is its state from now on. What it did not take, for an
-- invitation that was ended meanwhile, needs no more trying.
UPDATE message
SET state = CASE
        WHEN $2 <> 'sent' AND EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open')
        THEN 'canceled'
        ELSE $2
    END,
    due_at = $3, sent_at = $4
WHERE id = $1 AND state = 'sending'
