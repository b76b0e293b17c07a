-- PostgreSQL.
-- Every qualification of a student with its latest submission.
SELECT
    qualification.course_name, qualification.withdrawn_at AS "withdrawn_at!: MaybeMoment",
    qualification.credential_type, qualification.conferral_date,
    CAST(jsonb_array_length(CAST(qualification.details AS JSONB) #> '{transcript,subjects}') AS BIGINT) AS "subjects?: i64",
    (SELECT max(key) FROM jsonb_object_keys(CAST(qualification.details AS JSONB) -> 'document') AS key) AS "document?: String",
    (
        SELECT submission.state FROM submission
        WHERE submission.graduate_id = graduate.id AND submission.course_key = qualification.course_key
        ORDER BY submission.state = 'verified' DESC, submission.id DESC
        LIMIT 1
    ) AS "submission?: SubmissionState",
    invitation.state AS "invitation: InvitationState"
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id
JOIN invitation ON invitation.id = qualification.invitation_id
WHERE graduate.student_id = $1
ORDER BY qualification.course_key
