UPDATE submission
SET state = 'verified', ended_at = $2, checked_at = $3, link = NULL
WHERE id = $1 AND state = 'incomplete'
RETURNING graduate_id, course_key
