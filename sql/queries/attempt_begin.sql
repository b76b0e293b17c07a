INSERT INTO attempt (message_id, number, started_at)
SELECT $1, coalesce(max(number), 0) + 1, $2 FROM attempt WHERE message_id = $1
