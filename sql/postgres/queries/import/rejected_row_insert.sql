-- PostgreSQL.
INSERT INTO rejected_row (batch_id, student_id, course_key, roster, line, problem, credential_type)
SELECT
    $1, student_id, course_key, roster, line,
    CASE WHEN column_name IS NULL THEN problem ELSE 'column ' || column_number || ' (' || column_name || '): ' || problem END,
    $2
FROM staged_mistake
ORDER BY record, number
