-- The next messages that are due, each with its graduate and the qualifications that it lists, as one JSON list in
-- no order: a row for each would be as many messages from thread to thread.
SELECT
    json_group_array(
        json_array(
            due.id, due.invitation_id, due.kind, due.attempts, due.due_at,
            EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id)
                -- a domain that refuses us by policy is left alone for a day
                OR substr(graduate.email, instr(graduate.email, '@') + 1)
                    IN (SELECT domain FROM refusing_domain WHERE latest > $1 - 86400000),
            -- of an update: 0 nothing that it is about is left, 1 corrected, 2 awaited when it was added
            iif(
                due.kind = 'update',
                coalesce((
                    SELECT max(1 + submission.as_awaiting)
                    FROM qualification
                    JOIN submission USING (graduate_id, course_key)
                    WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
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
                WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
                    AND qualification.withdrawn_at IS NULL
                    -- what is in SEEK Pass already is no news
                    AND (
                        due.kind <> 'update'
                        OR NOT EXISTS (
                            SELECT 1 FROM submission
                            WHERE submission.graduate_id = graduate.id
                                AND submission.course_key = qualification.course_key AND submission.state = 'verified'
                        )
                    )
            )
        )
    ) AS "messages!: String"
FROM (
    -- each by itself, so that the index gives the order
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at FROM message
        WHERE state = 'waiting' AND due_at = $2 AND id > $3
        ORDER BY id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at FROM message
        WHERE state = 'deferred' AND due_at = $2 AND id > $3
        ORDER BY id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at FROM message
        WHERE state = 'waiting' AND due_at > $2 AND due_at <= $1
        ORDER BY due_at, id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at FROM message
        WHERE state = 'deferred' AND due_at > $2 AND due_at <= $1
        ORDER BY due_at, id LIMIT $4
    )
    ORDER BY due_at, id LIMIT $4
) AS due
JOIN invitation ON invitation.id = due.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
