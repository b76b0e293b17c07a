-- A message that was not delivered has bounced, if it is what the graduate was mailed last, to the address that still holds,
-- not long ago ($2 is the earliest), and the graduate has not come to the page all the same. What is being sent is marked
-- with the relay's answer.
UPDATE message
SET state = 'bounced'
WHERE id = $1 AND state IN ('sent', 'in_doubt')
  AND EXISTS (
    SELECT 1 FROM invitation
    WHERE invitation.id = message.invitation_id AND invitation.state = 'open' AND invitation.opened_at IS NULL
  )
  AND NOT EXISTS (
    SELECT 1 FROM message AS later
    WHERE later.invitation_id = message.invitation_id AND later.id > message.id AND coalesce(later.state, '') <> 'canceled'
      -- a reminder that is still to go makes room: bounce_cancel_reminder.sql
      AND NOT (later.kind = 'reminder' AND coalesce(later.state, '') IN ('waiting', 'deferred'))
  )
  AND (
    SELECT max(started_at) FROM attempt WHERE attempt.message_id = message.id
  ) >= $2
  -- codes that went to an older address are retired
  AND NOT EXISTS (
    SELECT 1 FROM code
    WHERE code.invitation_id = message.invitation_id AND code.retired_at IS NOT NULL
      AND code.made_at = (SELECT max(started_at) FROM attempt WHERE attempt.message_id = message.id)
  )
