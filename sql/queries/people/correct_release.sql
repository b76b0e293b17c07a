-- Who was held for sharing the address $1, or is graduate $2, and shares none any more.
DELETE FROM hold
WHERE source = 'address'
  AND student_id IN (SELECT student_id FROM graduate WHERE lower(email) = lower($1) OR id = $2)
  AND NOT EXISTS (
    SELECT 1 FROM graduate
    JOIN graduate AS other ON lower(other.email) = lower(graduate.email) AND other.id <> graduate.id
    WHERE graduate.student_id = hold.student_id
  )
RETURNING student_id
