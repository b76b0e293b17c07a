-- It stays in SEEK Pass; the graduate is invited to add the qualification as it is now, under another id. $3: nobody asked for
-- it, but its day came.
UPDATE submission
SET state = 'superseded', ended_at = $2, by_itself = $3
WHERE id = $1 AND state = 'verified'
