-- PostgreSQL.
-- $1 is a JSON list of student ids.
INSERT INTO staged_mention (student_id) SELECT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON))
