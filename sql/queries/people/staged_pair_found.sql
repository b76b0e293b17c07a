DELETE FROM staged_lost WHERE (graduate_id, course_key) IN (SELECT graduate_id, old_key FROM staged_pair)
