-- PostgreSQL.
-- How submissions of a student ended before they went on, the oldest first.
SELECT submission.seek_pass_id, submission_past.state AS "state: SubmissionState", submission_past.at AS "at: Moment"
FROM graduate
JOIN submission ON submission.graduate_id = graduate.id
JOIN submission_past ON submission_past.submission_id = submission.id
WHERE graduate.student_id = $1
ORDER BY submission_past.number
