INSERT INTO qualification (
    graduate_id, course_key, invitation_id, course_code, course_name, conferral_year, conferral_date,
    awaiting_graduation, majors, honours, fingerprint, details
)
SELECT
    record, course_key, record, course_code, course_name, conferral_year, conferral_date,
    awaiting_graduation, majors, honours, fingerprint, details
FROM staged_first
