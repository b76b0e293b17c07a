-- What a dead process may have sent without writing it down counts as sent when it was due: before, nobody sends it. (One
-- that goes on under another id keeps the hour in which it was asked for, long before the new id was made.)
UPDATE submission SET sent_at = due_at WHERE state = 'waiting' AND sent_at IS NULL
