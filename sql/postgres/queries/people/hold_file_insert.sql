-- PostgreSQL.
-- $1 is a JSON list of student ids.
INSERT INTO hold (student_id, source, reason, since)
SELECT DISTINCT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)), 'file', CAST($2 AS TEXT), CAST($3 AS BIGINT)
ON CONFLICT DO NOTHING
