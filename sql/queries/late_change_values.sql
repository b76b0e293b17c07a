-- What SEEK Pass was told of a student, or somebody settled, and what the ledger holds now, of each submission that is not as
-- it was told.
SELECT submission.id AS submission_id,
    as_full_name, graduate.full_name, as_email, graduate.email, as_course_code, course_code, as_course_name,
    qualification.course_name, as_conferral_year, conferral_year, as_majors, majors, as_honours, honours
FROM late_change
JOIN submission ON submission.id = late_change.submission_id
JOIN graduate ON graduate.id = submission.graduate_id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
WHERE late_change.graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
