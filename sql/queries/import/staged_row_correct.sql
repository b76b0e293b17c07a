UPDATE staged_row
SET course_key = $3, course_name = $4, conferral_year = $5, conferral_date = $6, awaiting_graduation = $7, majors = $8,
    honours = $9
WHERE student_id = $1 AND course_key = $2
