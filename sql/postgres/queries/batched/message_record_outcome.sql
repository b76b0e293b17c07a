-- PostgreSQL.
-- What the relay answered to message $1, which is `sending`; $2 is its state from now on. What it did not take, for an
-- invitation that was ended meanwhile, needs no more trying. A notification may be faster than the relay's answer. What came into
-- doubt since its node was held up is in doubt no more: whose answer this is, the claim says.
UPDATE message
SET state = CASE
        WHEN $2 <> 'sent' AND EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open')
        THEN 'canceled'
        WHEN $2 IN ('sent', 'in_doubt') AND EXISTS (
            SELECT 1 FROM undelivered
            WHERE undelivered.message_id = message.id
              AND undelivered.at >= (SELECT max(started_at) FROM attempt WHERE attempt.message_id = message.id)
        )
        THEN 'bounced'
        ELSE $2
    END,
    due_at = $3, sent_at = $4
WHERE id = $1
  AND (
    state = 'sending'
    OR state = 'in_doubt' AND EXISTS (SELECT 1 FROM claim WHERE claim.message_id = message.id)
  )
