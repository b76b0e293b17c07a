-- PostgreSQL. What is known of SEEK Pass.
UPDATE pace SET health = $2 WHERE account = $1
