SELECT submission_id, student_id, course_name, state AS "state: SubmissionState", since AS "since!: Moment", what AS "what!: String"
FROM late_change
WHERE graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
ORDER BY course_key, submission_id
