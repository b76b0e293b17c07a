-- Reminders that make no sense any more at $1; all where none are sent ($2).
UPDATE message
SET state = 'canceled'
WHERE kind = 'reminder' AND state IN ('waiting', 'deferred')
  AND NOT (
    $2
    AND EXISTS (
        SELECT 1 FROM wanted_reminder
        WHERE wanted_reminder.message_id = message.id
            AND wanted_reminder.at_rest_from <= $1 AND wanted_reminder.expires_at > $1
    )
  )
