-- PostgreSQL. A new node, whose lease is of $2 milliseconds.
INSERT INTO node (name, lease_until) VALUES ($1, server_now() + $2)
RETURNING id
