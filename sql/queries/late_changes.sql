SELECT submission_id, student_id, course_name, state, since AS "since!: i64", what AS "what!: String"
FROM late_change
ORDER BY student_id, course_key, submission_id
