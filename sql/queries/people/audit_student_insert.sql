-- $2 is a JSON list of student ids.
INSERT INTO audit_student (audit_id, student_id)
SELECT DISTINCT $1, value FROM json_each($2)
