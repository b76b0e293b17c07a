DELETE FROM correction WHERE student_id = $1 AND field = $2
