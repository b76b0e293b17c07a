-- PostgreSQL.
-- Mistakes in the order of the file; the number keeps those of one row in the order of their columns.
SELECT record, line, column_number, column_name, student_id, course_key, problem, sheet, number AS "id!: i64"
FROM staged_mistake
WHERE record > $1 OR (record = $1 AND number > $2)
ORDER BY record, number
LIMIT 500
