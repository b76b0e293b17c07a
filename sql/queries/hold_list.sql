SELECT student_id, source, reason, since FROM hold ORDER BY student_id, source
