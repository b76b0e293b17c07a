-- PostgreSQL. The node $1 has come to its end.
DELETE FROM node WHERE id = $1
