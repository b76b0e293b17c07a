-- Students of the roster whose ids differ in leading zeros only. $1: it is the first import, whose rows stand in the ledger
-- already. Asked only where a roster has ids of several lengths, since every id is looked at.
WITH listed AS MATERIALIZED (
    SELECT student_id, ltrim(student_id, '0') AS bare FROM staged_row
    UNION
    SELECT student_id, ltrim(student_id, '0') FROM graduate WHERE $1
)
SELECT one.student_id AS "student_id!: String", min(other.student_id) AS "known!: String"
FROM listed AS one
JOIN listed AS other ON other.bare = one.bare AND other.student_id <> one.student_id
WHERE one.bare <> ''
GROUP BY one.student_id
ORDER BY one.student_id
