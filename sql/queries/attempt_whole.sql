INSERT INTO attempt (message_id, number, started_at, ended_at, outcome, reply) VALUES ($1, $2, $3, $3, $4, $5)
