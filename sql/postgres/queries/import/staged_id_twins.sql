-- PostgreSQL.
-- New students whose id is a known student's but for capitals, or but for punctuation too where ids of this length are new: $1
-- is a JSON list of the lengths that ids of the ledger have, so that an id of the usual length costs two look-ups.
WITH newcomer AS MATERIALIZED (
    SELECT record, line, student_id
    FROM staged_row
    WHERE NOT EXISTS (SELECT 1 FROM graduate AS itself WHERE itself.student_id = staged_row.student_id)
),
odd AS MATERIALIZED (
    SELECT
        record, line, student_id,
        lower(replace(replace(replace(replace(replace(replace(replace(
            student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')) AS folded_id
    FROM newcomer
    WHERE length(student_id) NOT IN (SELECT CAST(json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS BIGINT))
)
SELECT newcomer.record AS "record!", newcomer.line AS "line!", newcomer.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM newcomer
JOIN graduate ON graduate.student_id IN (upper(newcomer.student_id), lower(newcomer.student_id))
UNION
-- the graduates are gone through once, and only for such newcomers
SELECT odd.record, odd.line, odd.student_id, graduate.student_id
FROM folded_graduate AS graduate
JOIN odd ON odd.folded_id = graduate.folded_id
WHERE EXISTS (SELECT 1 FROM odd)
