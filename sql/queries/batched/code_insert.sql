-- The code of message $1, if the statement before has just made it `sending`.
INSERT INTO code (hash, invitation_id, made_at, expires_at)
SELECT $2, invitation_id, $3, $4 FROM message WHERE id = $1 AND changes() = 1
