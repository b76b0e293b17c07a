-- PostgreSQL.
-- Everything that was done by hand, the oldest first; $1: only to this student, NULL for all.
SELECT
    at AS "at: Moment", operator, act, why, what,
    (
        SELECT coalesce(json_agg(student_id ORDER BY student_id), '[]')::TEXT
        FROM audit_student WHERE audit_id = audit.id
    ) AS "students!: String"
FROM audit
WHERE CAST($1 AS TEXT) IS NULL OR id IN (SELECT audit_id FROM audit_student WHERE student_id = $1)
ORDER BY id
