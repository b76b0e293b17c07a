-- Everything that was done by hand, the oldest first; $1: only to this student, NULL for all.
SELECT
    at AS "at: Moment", operator, act, why, what,
    (
        SELECT coalesce(json_group_array(student_id), '[]')
        FROM (SELECT student_id FROM audit_student WHERE audit_id = audit.id ORDER BY student_id)
    ) AS "students!: String"
FROM audit
WHERE $1 IS NULL OR id IN (SELECT audit_id FROM audit_student WHERE student_id = $1)
ORDER BY id
