-- Batch, kind and state stay: they are counted. Times do not: the relay's logs could tell by them whose it was.
UPDATE message
SET due_at = 0, attempts = 0, sent_at = NULL
WHERE invitation_id IN (SELECT id FROM invitation WHERE graduate_id = $1)
