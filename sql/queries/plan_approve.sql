INSERT INTO plan (id, approved_at, approved_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
