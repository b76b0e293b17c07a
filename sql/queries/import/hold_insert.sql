-- By a roster of the type $2. Who was held before stays so since then.
INSERT INTO hold (student_id, source, reason, since, credential_type)
SELECT student_id, source, reason, $1, $2 FROM staged_hold WHERE TRUE
ON CONFLICT (student_id, source, credential_type) DO UPDATE SET reason = excluded.reason
