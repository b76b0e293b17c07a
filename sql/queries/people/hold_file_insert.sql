-- $1 is a JSON list of student ids.
INSERT INTO hold (student_id, source, reason, since)
SELECT DISTINCT value, 'file', $2, $3 FROM json_each($1) WHERE TRUE
ON CONFLICT DO NOTHING
