-- No student id begins with a space.
UPDATE graduate
SET student_id = ' ' || id, full_name = '', email = '', date_of_birth = NULL, language = NULL, purged_at = $2
WHERE id = $1 AND purged_at IS NULL
