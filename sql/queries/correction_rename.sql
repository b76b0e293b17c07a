-- The roster has the corrected name by itself: what else was corrected of that qualification goes by its own key now.
UPDATE OR REPLACE correction SET course_key = $3 WHERE student_id = $1 AND course_key = $2
