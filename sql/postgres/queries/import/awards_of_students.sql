-- PostgreSQL.
-- The awards of the students in the list $1.
SELECT graduate.student_id AS "student_id!", course_code, course_name AS "course_name!"
FROM json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS listed
JOIN graduate ON graduate.student_id = listed
JOIN qualification ON qualification.graduate_id = graduate.id
WHERE qualification.withdrawn_at IS NULL AND qualification.credential_type IS NULL
