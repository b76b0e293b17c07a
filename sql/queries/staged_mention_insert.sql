INSERT INTO staged_mention (student_id) VALUES ($1)
