-- The next messages that are due, as one JSON list in no order, each with whether it has to wait: a row for each would be as many
-- messages from thread to thread. The list is put together as text, since what is JSON already would be read and written once more.
-- $5 is NULL for those of graduates without a priority; else those of the graduates of this priority above $6 up to $7, since there
-- is no index of both. Where the list ends is told beside it, so that the next can be asked for before this one is parsed.
WITH due AS (
    -- each by itself, so that the index gives the order
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at = $2 AND id > $3 AND $5 IS NULL
        ORDER BY id LIMIT CAST($4 AS BIGINT)
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at = $2 AND id > $3 AND $5 IS NULL
        ORDER BY id LIMIT CAST($4 AS BIGINT)
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at > $2 AND due_at <= $1 AND $5 IS NULL
        ORDER BY due_at, id LIMIT CAST($4 AS BIGINT)
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at > $2 AND due_at <= $1 AND $5 IS NULL
        ORDER BY due_at, id LIMIT CAST($4 AS BIGINT)
    )
    UNION ALL
    SELECT message.id, message.due_at
    FROM graduate INDEXED BY graduate_priority
    CROSS JOIN invitation ON invitation.graduate_id = graduate.id
    CROSS JOIN message ON message.invitation_id = invitation.id
    WHERE graduate.priority = $5 AND graduate.id > $6 AND graduate.id <= $7
      AND coalesce(message.state, '') IN ('waiting', 'deferred') AND message.due_at <= $1
    ORDER BY due_at, id LIMIT iif($5 IS NULL, $4, -1)
)
SELECT '[' || coalesce(
    group_concat(
        '[' || iif(
            -- a domain that refuses us by policy is left alone for a day, as if its graduates were held
            substr(message_content.email, instr(message_content.email, '@') + 1)
                IN (SELECT domain FROM refusing_domain WHERE latest > $1 - 86400000)
            -- whose turn comes at another time
            OR message_content.priority IS DISTINCT FROM $5,
            1, 0
        ) || ',' || content || ']'
    ), ''
) || ']' AS "messages!: String",
(SELECT due_at FROM due ORDER BY due_at DESC, id DESC LIMIT 1) AS "last_due_at: i64",
(SELECT id FROM due ORDER BY due_at DESC, id DESC LIMIT 1) AS "last_id: i64"
FROM due
JOIN message_content ON message_content.id = due.id AND message_content.invitation_state = 'open'
