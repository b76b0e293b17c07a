INSERT INTO purged_award (award, student) VALUES ($1, $2) ON CONFLICT (award) DO NOTHING
