SELECT student_id, opted_out_at AS "since!: Moment"
FROM graduate
WHERE opted_out_at IS NOT NULL
ORDER BY student_id
