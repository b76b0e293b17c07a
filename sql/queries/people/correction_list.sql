SELECT student_id, course_key, field, value FROM correction ORDER BY student_id, course_key, field
