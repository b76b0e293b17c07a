-- Every submission of a student, the oldest first.
SELECT
    submission.seek_pass_id, submission.state AS "state: SubmissionState", submission.asked_at AS "asked_at: Moment",
    submission.accepted_at AS "accepted_at!: MaybeMoment", submission.attempts, submission.ended_at AS "ended_at!: MaybeMoment",
    submission.trouble, submission.due_at AS "due_at: Moment", submission.unknown_status,
    qualification.course_name
FROM graduate
JOIN submission ON submission.graduate_id = graduate.id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
WHERE graduate.student_id = $1
ORDER BY submission.id
