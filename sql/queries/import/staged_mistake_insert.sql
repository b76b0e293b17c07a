-- $1 is a JSON list of mistakes, each a list of its columns; $2 is their file.
INSERT INTO staged_mistake (record, line, column_number, column_name, student_id, problem, sheet, course_key, roster)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, $2 FROM json_each($1)
