UPDATE qualification
SET withdrawn_at = $3
WHERE graduate_id > $1 AND graduate_id <= $2 AND withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM graduate
    JOIN staged_row ON staged_row.student_id = graduate.student_id
    WHERE graduate.id = qualification.graduate_id AND staged_row.course_key = qualification.course_key
  )
  AND NOT EXISTS (
    SELECT 1 FROM graduate
    JOIN staged_mention ON staged_mention.student_id = graduate.student_id
    WHERE graduate.id = qualification.graduate_id
  )
