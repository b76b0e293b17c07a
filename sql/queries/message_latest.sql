-- A graduate's latest message with all that its mail needs, in the shape of message_due.sql: a list of one, or of none.
SELECT
    json_group_array(
        json_array(
            latest.id, latest.invitation_id, latest.kind, latest.attempts, latest.due_at, 0,
            -- of an update: 0 nothing that it is about is left, 1 corrected, 2 awaited when it was added
            iif(
                latest.kind = 'update',
                coalesce((
                    SELECT max(1 + submission.as_awaiting)
                    FROM qualification
                    JOIN submission USING (graduate_id, course_key)
                    WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = latest.invitation_id
                        AND qualification.withdrawn_at IS NULL AND submission.state = 'superseded'
                        AND NOT EXISTS (
                            SELECT 1 FROM submission AS again
                            WHERE again.graduate_id = graduate.id
                                AND again.course_key = qualification.course_key AND again.state = 'verified'
                        )
                ), 0),
                0
            ),
            graduate.student_id, graduate.full_name, graduate.email, graduate.language,
            (
                SELECT json_group_array(
                    json_array(
                        course_code, course_name, conferral_year, conferral_date, awaiting_graduation, majors, honours
                    )
                )
                FROM qualification
                WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = latest.invitation_id
                    AND qualification.withdrawn_at IS NULL
                    -- what is in SEEK Pass already is no news
                    AND (
                        latest.kind <> 'update'
                        OR NOT EXISTS (
                            SELECT 1 FROM submission
                            WHERE submission.graduate_id = graduate.id
                                AND submission.course_key = qualification.course_key AND submission.state = 'verified'
                        )
                    )
            )
        )
    ) AS "messages!: String"
FROM graduate
JOIN (
    SELECT message.id, message.invitation_id, message.kind, message.attempts, message.due_at, invitation.graduate_id
    FROM message
    JOIN invitation ON invitation.id = message.invitation_id
    JOIN graduate ON graduate.id = invitation.graduate_id
    WHERE graduate.student_id = $1
    ORDER BY message.id DESC LIMIT 1
) AS latest ON latest.graduate_id = graduate.id
