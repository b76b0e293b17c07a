-- PostgreSQL. The node $1 is alive, for another $2 milliseconds. One whose lease is over stays dead.
UPDATE node
SET lease_until = server_now() + $2
WHERE id = $1 AND lease_until > server_now()
