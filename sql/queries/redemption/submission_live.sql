SELECT id, seek_pass_id FROM submission
WHERE graduate_id = $1 AND course_key = $2 AND state IN ('waiting', 'incomplete', 'verified')
