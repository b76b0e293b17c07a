-- PostgreSQL.
-- $1 is a JSON list of mistakes, each a list of its columns; $2 is their file.
INSERT INTO staged_mistake (record, line, column_number, column_name, student_id, problem, sheet, course_key, roster)
SELECT
    CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), value ->> 3, value ->> 4,
    value ->> 5, value ->> 6, value ->> 7, $2
FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON)) WITH ORDINALITY AS listed (value, place)
ORDER BY place
