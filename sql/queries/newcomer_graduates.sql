-- Students whom the ledger does not know. Rows of one student agree on the graduate, so that any of them will do.
INSERT INTO graduate (student_id, full_name, email, date_of_birth, language)
SELECT student_id, min(full_name), min(email), min(date_of_birth), min(language)
FROM staged_row
WHERE student_id > $1 AND student_id <= $2
GROUP BY student_id
ORDER BY student_id
