INSERT INTO staged_hold (student_id, source, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
