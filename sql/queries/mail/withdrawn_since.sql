-- What rosters no longer list since a moment, by student.
SELECT graduate.student_id, qualification.course_name
FROM qualification
JOIN graduate ON graduate.id = qualification.graduate_id
WHERE qualification.withdrawn_at >= $1
ORDER BY graduate.student_id, qualification.course_key
