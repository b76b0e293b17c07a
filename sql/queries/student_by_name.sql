-- Whose name has $1 in it.
SELECT student_id FROM graduate WHERE instr(lower(full_name), lower($1)) > 0 ORDER BY student_id LIMIT 50
