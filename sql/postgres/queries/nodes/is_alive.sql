-- PostgreSQL.
SELECT EXISTS (SELECT 1 FROM node WHERE id = $1 AND lease_until > server_now()) AS "is_alive!"
