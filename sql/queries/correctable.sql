-- Every award of a student that the roster lists; what other types say is corrected in their rosters.
SELECT
    qualification.course_key, qualification.course_code, qualification.course_name, qualification.conferral_year,
    qualification.conferral_date, qualification.awaiting_graduation, qualification.majors, qualification.honours
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
    AND qualification.credential_type IS NULL
WHERE graduate.student_id = $1
ORDER BY qualification.course_key
