SELECT student_id, field, value FROM correction ORDER BY student_id, field
