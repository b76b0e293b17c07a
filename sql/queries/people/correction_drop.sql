DELETE FROM correction WHERE student_id = $1 AND course_key = $2 AND field = $3
