INSERT INTO wrong_answer (invitation_id, at, locked_until) VALUES ($1, $2, $3)
