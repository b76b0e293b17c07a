INSERT INTO attempt (message_id, number, started_at) VALUES ($1, $2, $3)
