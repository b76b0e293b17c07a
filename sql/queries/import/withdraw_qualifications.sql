UPDATE qualification
SET withdrawn_at = $3
WHERE withdrawn_at IS NULL
  AND (graduate_id, course_key) IN (
    SELECT graduate_id, course_key FROM staged_lost WHERE graduate_id > $1 AND graduate_id <= $2
  )
