-- Rows of one student agree on the graduate by now, so that any of them will do.
INSERT INTO graduate (student_id, full_name, email, date_of_birth, language, priority)
SELECT student_id, min(full_name), min(email), min(date_of_birth), min(language), min(priority)
FROM staged_row
WHERE student_id > $1 AND student_id <= $2
GROUP BY student_id
ORDER BY student_id
ON CONFLICT (student_id) DO UPDATE
SET full_name = excluded.full_name,
    email = excluded.email,
    date_of_birth = excluded.date_of_birth,
    language = excluded.language,
    priority = excluded.priority
WHERE graduate.full_name <> excluded.full_name
   OR graduate.email <> excluded.email
   OR graduate.date_of_birth IS DISTINCT FROM excluded.date_of_birth
   OR graduate.language IS DISTINCT FROM excluded.language
   OR graduate.priority IS DISTINCT FROM excluded.priority
