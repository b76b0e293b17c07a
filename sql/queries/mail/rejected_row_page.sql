-- The first rows of the latest import that could not be taken, in the order of the files.
SELECT student_id, roster, line, problem FROM rejected_row ORDER BY id LIMIT CAST($1 AS BIGINT)
