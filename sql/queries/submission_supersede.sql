-- It stays in SEEK Pass; the graduate is invited to add the qualification as it is now, under another id.
UPDATE submission
SET state = 'superseded', ended_at = $2
WHERE id = $1 AND state = 'verified'
