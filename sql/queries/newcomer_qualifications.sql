-- All that is staged of students who were not known until now: each has one invitation.
INSERT INTO qualification (
    graduate_id, course_key, invitation_id, course_code, course_name, conferral_year, conferral_date,
    awaiting_graduation, majors, honours, fingerprint
)
SELECT
    graduate.id, staged_row.course_key, invitation.id, staged_row.course_code, staged_row.course_name,
    staged_row.conferral_year, staged_row.conferral_date, staged_row.awaiting_graduation, staged_row.majors,
    staged_row.honours, staged_row.fingerprint
FROM graduate
CROSS JOIN invitation ON invitation.graduate_id = graduate.id
CROSS JOIN staged_row ON staged_row.student_id = graduate.student_id
WHERE graduate.id
    >= (SELECT id FROM graduate WHERE student_id = (SELECT min(student_id) FROM staged_row WHERE student_id > $1))
