-- The student id that ends the next chunk of rows; none when fewer are left.
SELECT student_id FROM staged_row WHERE student_id > $1 ORDER BY student_id LIMIT 1 OFFSET $2
