-- Every submission of a student, the oldest first.
SELECT
    submission.seek_pass_id, submission.state AS "state: SubmissionState", submission.asked_at, submission.accepted_at,
    submission.attempts, submission.ended_at, submission.trouble, submission.due_at, submission.unknown_status,
    qualification.course_name
FROM graduate
JOIN submission ON submission.graduate_id = graduate.id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
WHERE graduate.student_id = $1
ORDER BY submission.id
