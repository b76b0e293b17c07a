-- Ids that are this one but for case and punctuation: of graduates, and of students who were only ever held or rejected.
-- $1 has neither.
SELECT student_id AS "student_id!: String"
FROM (
    SELECT student_id FROM graduate
    UNION
    SELECT student_id FROM hold
    UNION
    SELECT student_id FROM rejected_row WHERE student_id IS NOT NULL
) AS known
WHERE lower(replace(replace(replace(replace(replace(replace(replace(
    student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')) = $1
ORDER BY student_id
LIMIT 20
