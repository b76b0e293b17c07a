SELECT
    student_id, source, reason, since AS "since: Moment",
    EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = hold.student_id) AS "is_listed!: bool"
FROM hold
ORDER BY student_id, source
