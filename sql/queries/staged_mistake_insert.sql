INSERT INTO staged_mistake (record, line, column_number, column_name, student_id, problem)
VALUES ($1, $2, $3, $4, $5, $6)
