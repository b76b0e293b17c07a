-- The next messages that are due, each with its graduate and the qualifications that it lists.
SELECT
    due.id AS "id!", due.kind, due.attempts, due.due_at AS "due_at!", due.invitation_id,
    graduate.student_id, graduate.full_name, graduate.email, graduate.language,
    qualification.course_code, qualification.course_name, qualification.conferral_year,
    qualification.conferral_date, qualification.awaiting_graduation, qualification.majors, qualification.honours
FROM (
    -- each state by itself, so that the index gives the order
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at
        FROM message
        WHERE state = 'waiting' AND due_at <= $1 AND (due_at, id) > ($2, $3)
        ORDER BY due_at, id
        LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, invitation_id, kind, attempts, due_at
        FROM message
        WHERE state = 'deferred' AND due_at <= $1 AND (due_at, id) > ($2, $3)
        ORDER BY due_at, id
        LIMIT $4
    )
    ORDER BY due_at, id
    LIMIT $4
) AS due
JOIN invitation ON invitation.id = due.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
    AND qualification.withdrawn_at IS NULL
ORDER BY due.due_at, due.id, qualification.course_key
