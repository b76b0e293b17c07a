-- Promise 2: committed before the first byte of the content leaves.
UPDATE message
SET state = 'sending', attempts = attempts + 1
WHERE id = $1 AND state IN ('waiting', 'deferred')
  AND EXISTS (SELECT 1 FROM invitation WHERE invitation.id = message.invitation_id AND invitation.state = 'open')
RETURNING attempts
