-- PostgreSQL. What a dead node left behind, or who sent without one: nobody knows whether the relay took these. Where the invitation was ended meanwhile, nobody
-- needs to know; what came back was taken.
UPDATE message
SET state = CASE
    WHEN EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open') THEN 'canceled'
    WHEN EXISTS (
        SELECT 1 FROM undelivered
        WHERE undelivered.message_id = message.id
          AND undelivered.at >= (SELECT max(started_at) FROM attempt WHERE attempt.message_id = message.id)
    )
    THEN 'bounced'
    ELSE 'in_doubt'
END
WHERE state = 'sending'
  AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
