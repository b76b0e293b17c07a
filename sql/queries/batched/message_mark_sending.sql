-- Promise 2: committed before the first byte of the content leaves. Message $1 goes if it is still due, its code $2 is no
-- other's, and it fits into $4, the budget of the day $3.
UPDATE message
SET state = 'sending', attempts = attempts + 1
WHERE id = $1 AND state IN ('waiting', 'deferred')
  AND EXISTS (SELECT 1 FROM invitation WHERE id = message.invitation_id AND state = 'open')
  AND NOT EXISTS (SELECT 1 FROM code WHERE hash = $2)
  AND coalesce((SELECT used FROM mail_day WHERE day = $3), 0) < $4
