DELETE FROM hold WHERE source = 'person' AND student_id = $1
