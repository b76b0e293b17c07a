-- As reminder_cancel.sql, of message $1 at $2.
UPDATE message
SET state = 'canceled'
WHERE id = $1 AND kind = 'reminder' AND coalesce(state, '') IN ('waiting', 'deferred')
  AND NOT EXISTS (
    SELECT 1 FROM wanted_reminder
    WHERE wanted_reminder.message_id = message.id
        AND wanted_reminder.at_rest_from <= $2 AND wanted_reminder.expires_at > $2
  )
