-- Students who would get an address that another student leaves: a column that slipped. Found by `staged_address`.
SELECT DISTINCT mine.student_id AS "student_id!: String"
FROM graduate AS other
CROSS JOIN staged_row
JOIN graduate AS mine ON mine.student_id = staged_row.student_id AND lower(mine.email) <> lower(other.email)
WHERE lower(staged_row.email) = lower(other.email) AND staged_row.student_id <> other.student_id
  AND EXISTS (
    SELECT 1 FROM staged_row AS own
    WHERE own.student_id = other.student_id AND lower(own.email) <> lower(other.email)
  )
ORDER BY 1
