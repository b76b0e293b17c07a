-- Mistakes in the order of the file; the row id keeps those of one row in the order of their columns.
SELECT record, line, column_number, column_name, student_id, course_key, problem, sheet, rowid AS "id!: i64"
FROM staged_mistake
WHERE record > $1 OR (record = $1 AND rowid > $2)
ORDER BY record, rowid
LIMIT 500
