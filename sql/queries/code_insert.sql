-- The code of message $1, which has just become `sending`.
INSERT INTO code (hash, invitation_id, made_at, expires_at)
SELECT $2, invitation_id, $3, $4 FROM message WHERE id = $1
