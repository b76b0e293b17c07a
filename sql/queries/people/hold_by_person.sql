-- $1 is a JSON list of student ids. Who was held so before stays so since then.
INSERT INTO hold (student_id, source, reason, since)
SELECT DISTINCT value, 'person', $2, $3 FROM json_each($1) WHERE TRUE
ON CONFLICT DO UPDATE SET reason = excluded.reason
