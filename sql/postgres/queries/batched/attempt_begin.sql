-- PostgreSQL. An attempt of message $1.
INSERT INTO attempt (message_id, started_at, number)
SELECT $1, $2, coalesce((SELECT max(number) FROM attempt WHERE message_id = $1), 0) + 1
