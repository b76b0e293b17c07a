-- Students of the roster whose ids differ in leading zeros or in capitals only: among its new rows, or among those that the ledger holds
-- already. $1: it is the first import, whose rows are partly here and partly there. Asked only where a roster has ids of
-- several lengths, or with small letters and capitals, since every id is looked at.
WITH listed AS MATERIALIZED (
    SELECT student_id, lower(ltrim(student_id, '0')) AS bare, FALSE AS is_known FROM staged_row
    UNION
    SELECT student_id, lower(ltrim(student_id, '0')), NOT $1
    FROM graduate
    WHERE EXISTS (
        SELECT 1 FROM qualification
        WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
    )
)
SELECT one.student_id AS "student_id!: String", min(other.student_id) AS "known!: String"
FROM listed AS one
JOIN listed AS other
    ON other.bare = one.bare AND other.is_known = one.is_known AND other.student_id <> one.student_id
WHERE one.bare <> ''
GROUP BY one.student_id
ORDER BY one.student_id
