-- What a student has in SEEK Pass, or somebody else added in the student's place, of what the roster still lists.
SELECT submission.id, submission.graduate_id, submission.course_key, submission.state AS "state: SubmissionState",
    EXISTS (SELECT 1 FROM late_change WHERE late_change.submission_id = submission.id) AS "changed!: bool"
FROM graduate
JOIN submission ON submission.graduate_id = graduate.id AND submission.state IN ('verified', 'misdirected')
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state IN ('open', 'verified')
WHERE graduate.student_id = $1
ORDER BY submission.id
