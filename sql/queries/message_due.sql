-- The next messages that are due, as one JSON list of their contents in no order: a row for each would be as many messages
-- from thread to thread.
SELECT json_group_array(
    json(
        iif(
            -- a domain that refuses us by policy is left alone for a day, as if its graduates were held
            substr(message_content.email, instr(message_content.email, '@') + 1)
                IN (SELECT domain FROM refusing_domain WHERE latest > $1 - 86400000),
            json_set(content, '$[5]', 1),
            content
        )
    )
) AS "messages!: String"
FROM (
    -- each by itself, so that the index gives the order
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at = $2 AND id > $3
        ORDER BY id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at = $2 AND id > $3
        ORDER BY id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at > $2 AND due_at <= $1
        ORDER BY due_at, id LIMIT $4
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at > $2 AND due_at <= $1
        ORDER BY due_at, id LIMIT $4
    )
    ORDER BY due_at, id LIMIT $4
) AS due
JOIN message_content ON message_content.id = due.id AND message_content.invitation_state = 'open'
