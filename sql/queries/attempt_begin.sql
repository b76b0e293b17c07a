INSERT INTO attempt (message_id, started_at, number)
SELECT $1, $2, coalesce(max(number), 0) + 1 FROM attempt WHERE message_id = $1
