-- PostgreSQL. How far the pace of account $1 has come.
UPDATE pace SET next = $2, epoch = $3, health = $4 WHERE account = $1
