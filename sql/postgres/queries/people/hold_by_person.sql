-- PostgreSQL.
-- $1 is a JSON list of student ids. Who was held so before stays so since then.
INSERT INTO hold (student_id, source, reason, since)
SELECT DISTINCT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)), 'person', CAST($2 AS TEXT), CAST($3 AS BIGINT)
ON CONFLICT (student_id, source, credential_type) DO UPDATE SET reason = excluded.reason
