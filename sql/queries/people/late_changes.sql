SELECT submission_id, student_id, course_name, state AS "state: SubmissionState", since AS "since!: Moment", what AS "what!: String"
FROM late_change
ORDER BY student_id, course_key, submission_id
