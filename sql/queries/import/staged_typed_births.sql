-- Students for whom a roster of another type than $1 gave another date of birth: it may be another student's row.
SELECT DISTINCT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!",
    coalesce(other.credential_type, 'education') AS "known!: String"
FROM staged_row
CROSS JOIN graduate
CROSS JOIN qualification AS other
WHERE graduate.student_id = staged_row.student_id AND graduate.date_of_birth <> staged_row.date_of_birth
  AND other.graduate_id = graduate.id AND other.credential_type IS DISTINCT FROM $1 AND other.withdrawn_at IS NULL
  AND $1 IS NOT NULL
