-- The rows of the next addresses that several students have, unless each of their rows says that it is meant.
SELECT record AS "record!", line, student_id, lower(email) AS "email!: String"
FROM staged_row
WHERE lower(email) IN (
    SELECT lower(email) FROM staged_row WHERE lower(email) > $1 GROUP BY lower(email)
    HAVING min(student_id) <> max(student_id) AND min(shares_address) = 0 ORDER BY lower(email) LIMIT 500
)
ORDER BY lower(email), record
