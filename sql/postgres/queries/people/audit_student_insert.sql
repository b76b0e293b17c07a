-- PostgreSQL.
-- $2 is a JSON list of student ids.
INSERT INTO audit_student (audit_id, student_id)
SELECT DISTINCT CAST($1 AS BIGINT), json_array_elements_text(CAST(CAST($2 AS TEXT) AS JSON))
