-- What a dead process may have sent without writing it down counts as sent when it was asked for.
UPDATE submission SET sent_at = asked_at WHERE state = 'waiting' AND sent_at IS NULL
