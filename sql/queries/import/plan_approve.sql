INSERT INTO plan (id, operator, approved_at, approved_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
