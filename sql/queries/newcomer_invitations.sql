-- Who came after graduate $1 has no invitation yet.
INSERT INTO invitation (graduate_id, state, created_at)
SELECT id, 'open', $2 FROM graduate WHERE id > $1 ORDER BY id
