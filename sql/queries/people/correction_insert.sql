INSERT INTO correction (student_id, course_key, field, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (student_id, course_key, field) DO UPDATE SET value = excluded.value
