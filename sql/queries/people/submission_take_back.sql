-- Conferred too early: what SEEK Pass has is right again.
UPDATE submission
SET state = 'verified', ended_at = $2, by_itself = 0
WHERE id = $1 AND state = 'superseded'
