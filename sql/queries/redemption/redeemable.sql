-- What a code opens: its invitation and graduate, and each qualification with its latest submission.
-- An unlock is an act in the audit and nothing more: the service counts wrong answers anew from the latest.
SELECT
    invitation.id AS invitation_id, invitation.opened_at,
    (
        SELECT max(audit.id)
        FROM audit_student
        JOIN audit ON audit.id = audit_student.audit_id
        WHERE audit_student.student_id = graduate.student_id AND audit.act = 'unlock'
    ) AS "last_unlock?: i64",
    graduate.id AS graduate_id, graduate.student_id, graduate.full_name, graduate.date_of_birth,
    qualification.course_key, qualification.course_code, qualification.course_name, qualification.conferral_year,
    qualification.conferral_date, qualification.awaiting_graduation, qualification.majors, qualification.honours,
    qualification.credential_type, qualification.details,
    submission.id AS "submission_id?: i64", submission.seek_pass_id AS "seek_pass_id?: String",
    submission.state AS "submission_state?: SubmissionState", submission.digest AS "digest?: Vec<u8>",
    coalesce(submission.state = 'superseded', FALSE) AS "superseded!: bool",
    coalesce(submission.as_awaiting = 1, FALSE) AS "was_awaited!: bool",
    submission.sent_at AS "sent_at?: Moment", submission.ended_at AS "ended_at?: Moment", submission.link AS "link?: String"
FROM code
JOIN invitation ON invitation.id = code.invitation_id AND invitation.state IN ('open', 'verified')
JOIN graduate ON graduate.id = invitation.graduate_id
JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
    AND qualification.withdrawn_at IS NULL
LEFT JOIN submission
    ON submission.id = (
        SELECT latest.id FROM submission AS latest
        WHERE latest.graduate_id = qualification.graduate_id AND latest.course_key = qualification.course_key
        ORDER BY latest.state = 'verified' DESC, latest.id DESC
        LIMIT 1
    )
WHERE code.hash = $1 AND code.retired_at IS NULL AND code.expires_at > $2
ORDER BY qualification.course_key
