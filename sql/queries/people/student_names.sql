-- A page of names, from the student id $1 on; no index folds a name as people type it.
SELECT student_id, full_name FROM graduate WHERE student_id > $1 ORDER BY student_id LIMIT CAST($2 AS BIGINT)
