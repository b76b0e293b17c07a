-- A graduate's latest message with all that its mail needs, in the shape of message_due.sql: a list of one, or of none.
SELECT
    json_group_array(
        json_array(
            latest.id, latest.invitation_id, latest.attempts, latest.due_at, 0,
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
            )
        )
    ) AS "messages!: String"
FROM graduate
JOIN (
    SELECT message.id, message.invitation_id, message.attempts, message.due_at, invitation.graduate_id
    FROM message
    JOIN invitation ON invitation.id = message.invitation_id
    JOIN graduate ON graduate.id = invitation.graduate_id
    WHERE graduate.student_id = $1
    ORDER BY message.id DESC LIMIT 1
) AS latest ON latest.graduate_id = graduate.id
