INSERT INTO attempt (message_id, number, started_at, ended_at, outcome, reply)
SELECT $1, coalesce(max(number), 0) + 1, $2, $2, $3, $4 FROM attempt WHERE message_id = $1
