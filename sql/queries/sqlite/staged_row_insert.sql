INSERT OR FAIL INTO staged_arrival (
    record, line, student_id, full_name, email, date_of_birth, language, priority, course_key, course_code, course_name,
    conferral_year, conferral_date, awaiting_graduation, majors, honours, details, shares_address, fingerprint
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
