-- PostgreSQL.
-- The lengths of the ids that the ledger knows, those of rejected rows too, as a JSON list; no row where no student of the
-- staged rows is new.
WITH newcomer AS (
    SELECT EXISTS (
        SELECT 1 FROM staged_row
        WHERE NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = staged_row.student_id)
    ) AS is_there
)
SELECT json_agg(length)::TEXT AS "lengths!: String"
FROM (
    SELECT length(student_id) AS length FROM graduate WHERE (SELECT is_there FROM newcomer)
    UNION
    SELECT length(student_id) FROM rejected_row WHERE student_id IS NOT NULL AND (SELECT is_there FROM newcomer)
) AS lengths
HAVING count(*) > 0
