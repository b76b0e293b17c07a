-- PostgreSQL. The code of message $1.
INSERT INTO code (hash, invitation_id, made_at, expires_at)
SELECT $2, invitation_id, $3, $4 FROM message WHERE id = $1
