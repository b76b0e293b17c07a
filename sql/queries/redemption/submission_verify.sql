UPDATE submission
SET state = 'verified', ended_at = $2, told_at = $3, link = NULL, unknown_status = NULL
WHERE id = $1 AND state IN ('incomplete', 'canceled', 'lapsed', 'replaced')
  AND NOT EXISTS (
    SELECT 1 FROM submission AS other
    WHERE other.graduate_id = submission.graduate_id AND other.course_key = submission.course_key
      AND other.state = 'verified'
  )
RETURNING graduate_id, course_key
