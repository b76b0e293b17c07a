-- Students of the roster whose ids differ in leading zeros, in capitals, or in how much punctuation they have, only: among its new rows, or among those that the ledger holds
-- already. $1: it is the first import, whose rows are partly here and partly there. Asked only where a roster has ids of
-- several lengths, or with small letters and capitals, since every id is looked at.
WITH listed AS MATERIALIZED (
    SELECT
        student_id, FALSE AS is_known,
        ltrim(lower(replace(replace(replace(replace(replace(replace(replace(
            student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')), '0') AS bare
    FROM staged_row
    UNION
    SELECT student_id, NOT $1, ltrim(folded_id, '0')
    FROM folded_graduate AS graduate
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
  -- 12-3 and 1-23 are different people
  AND (length(one.student_id) <> length(other.student_id) OR lower(one.student_id) = lower(other.student_id))
GROUP BY one.student_id
ORDER BY one.student_id
