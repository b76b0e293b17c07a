-- Every award of a student that the roster lists, without what goes with it; what other types say is corrected in their rosters.
SELECT
    qualification.course_code, qualification.course_name, qualification.conferral_year,
    qualification.conferral_date, qualification.awaiting_graduation, qualification.majors, qualification.honours,
    qualification.credential_type, NULL AS "details: String"
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
    AND qualification.credential_type IS NULL
WHERE graduate.student_id = $1
ORDER BY qualification.course_key
