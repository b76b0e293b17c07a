SELECT DISTINCT student_id FROM staged_row
WHERE NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = staged_row.student_id)
ORDER BY student_id
LIMIT 5
