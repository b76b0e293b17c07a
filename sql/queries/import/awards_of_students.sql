-- The awards of the students in the list $1.
SELECT graduate.student_id AS "student_id!", course_code, course_name AS "course_name!"
FROM json_each($1) AS listed
JOIN graduate ON graduate.student_id = listed.value
JOIN qualification ON qualification.graduate_id = graduate.id
WHERE qualification.withdrawn_at IS NULL AND qualification.credential_type IS NULL
