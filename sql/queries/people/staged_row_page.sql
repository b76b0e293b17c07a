SELECT student_id, record, course_key
FROM staged_row
WHERE (student_id, record) > ($1, $2)
ORDER BY student_id, record
LIMIT 500
