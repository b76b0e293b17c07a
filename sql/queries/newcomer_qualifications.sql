-- All that is staged of students who were not known until now: each has one invitation.
INSERT INTO qualification (
    graduate_id, course_key, invitation_id, course_code, course_name, conferral_year, conferral_date,
    awaiting_graduation, majors, honours, fingerprint
)
SELECT
    graduate.id, staged_row.course_key, invitation.id, staged_row.course_code, staged_row.course_name,
    staged_row.conferral_year, staged_row.conferral_date, staged_row.awaiting_graduation, staged_row.majors,
    staged_row.honours, staged_row.fingerprint
FROM staged_row
CROSS JOIN graduate ON graduate.student_id = staged_row.student_id
CROSS JOIN invitation ON invitation.graduate_id = graduate.id
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
