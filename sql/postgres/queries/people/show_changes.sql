-- PostgreSQL.
-- What rosters changed of a student, the oldest first.
SELECT change.at AS "at: Moment", change.what, qualification.course_name AS "course_name?"
FROM graduate
JOIN change ON change.graduate_id = graduate.id
LEFT JOIN qualification
    ON qualification.graduate_id = change.graduate_id AND qualification.course_key = change.course_key
WHERE graduate.student_id = $1
ORDER BY change.at, change.number
