SELECT student_id FROM graduate WHERE lower(email) = lower($1) ORDER BY student_id LIMIT 50
