-- What was corrected of a qualification goes by another key now: the roster has the corrected name by itself, or another code
-- or name of the course.
UPDATE OR REPLACE correction SET course_key = $3 WHERE student_id = $1 AND course_key = $2
