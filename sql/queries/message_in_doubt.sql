-- What a dead run left behind: nobody knows whether the relay took these. Where the invitation was ended meanwhile, nobody
-- needs to know.
UPDATE message
SET state = CASE
    WHEN EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state <> 'open') THEN 'canceled'
    ELSE 'in_doubt'
END
WHERE state = 'sending'
