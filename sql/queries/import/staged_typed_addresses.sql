-- Students who are new to rosters of the type $1, with another address than a roster of another type gave them: nobody can
-- tell which is right.
SELECT DISTINCT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!",
    coalesce(other.credential_type, 'education') AS "known!: String"
FROM staged_row
CROSS JOIN graduate
CROSS JOIN qualification AS other
WHERE graduate.student_id = staged_row.student_id AND lower(graduate.email) <> lower(staged_row.email)
  AND other.graduate_id = graduate.id AND other.credential_type IS DISTINCT FROM $1 AND other.withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM qualification AS own
    WHERE own.graduate_id = graduate.id AND own.credential_type IS NOT DISTINCT FROM $1
  )
