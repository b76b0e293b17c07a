-- A waiting submission with all that it says to SEEK Pass.
SELECT
    submission.id, submission.seek_pass_id, submission.digest, submission.attempts, submission.sent_at AS "sent_at: Moment",
    submission.graduate_id, submission.course_key, submission.asked_at AS "asked_at: Moment",
    graduate.student_id, graduate.full_name,
    qualification.course_code, qualification.course_name, qualification.conferral_year,
    qualification.conferral_date, qualification.awaiting_graduation, qualification.majors, qualification.honours,
    qualification.credential_type, qualification.details,
    (qualification.withdrawn_at IS NULL AND invitation.state = 'open') AS "is_open!: bool"
FROM submission
JOIN graduate ON graduate.id = submission.graduate_id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
JOIN invitation ON invitation.id = qualification.invitation_id
WHERE submission.id = $1 AND submission.state = 'waiting'
