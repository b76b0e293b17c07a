-- Who was held before stays so since then.
INSERT INTO hold (student_id, source, reason, since)
SELECT student_id, source, reason, $1 FROM staged_hold WHERE TRUE
ON CONFLICT DO UPDATE SET reason = excluded.reason
