-- The rows of the next students who stand in the roster more than once.
SELECT record, line, student_id, full_name, email, date_of_birth, language, priority, course_key, course_code, course_name,
       conferral_year, conferral_date, awaiting_graduation, majors, honours, details, shares_address, fingerprint
FROM staged_row
WHERE student_id IN (
    SELECT student_id FROM staged_row WHERE student_id > $1 GROUP BY student_id HAVING count(*) > 1
    ORDER BY student_id LIMIT 500
)
ORDER BY student_id, record
