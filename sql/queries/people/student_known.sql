-- Ids that are this one but for case and punctuation: of graduates, and of students who were only ever held or rejected.
-- $1 has neither.
SELECT student_id AS "student_id!: String"
FROM (
    SELECT student_id FROM folded_graduate WHERE folded_id = $1
    UNION
    SELECT student_id FROM hold WHERE folded_id = $1
    UNION
    SELECT student_id FROM rejected_row
    WHERE folded_id = $1 AND NOT EXISTS (SELECT 1 FROM folded_graduate WHERE folded_id = $1)
) AS known
ORDER BY student_id
LIMIT 20
