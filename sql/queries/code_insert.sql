-- No row inserted: the code exists already, and a new one must be made.
INSERT INTO code (hash, invitation_id, made_at, expires_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (hash) DO NOTHING
