DELETE FROM correction WHERE student_id = (SELECT student_id FROM graduate WHERE id = $1)
