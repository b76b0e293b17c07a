-- PostgreSQL.
-- What was corrected of a qualification goes by another key now: the roster has the corrected name by itself, or another code
-- or name of the course.
WITH renamed AS (DELETE FROM correction WHERE student_id = $1 AND course_key = $2 AND $2 <> $3 RETURNING field, value)
INSERT INTO correction (student_id, course_key, field, value)
SELECT $1, $3, field, value FROM renamed
ON CONFLICT (student_id, course_key, field) DO UPDATE SET value = excluded.value
