-- PostgreSQL.
-- The next messages that are due, as one JSON list in no order, each with whether it has to wait. $5 is NULL for those of graduates without a
-- priority; else those of the graduates of this priority above $6 up to $7, since there is no index of both. Where the list ends
-- is told beside it, so that the next can be asked for before this one is parsed. What a node has in hand is passed over.
WITH due AS (
    -- each by itself, so that the index gives the order
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at = $2 AND id > $3 AND CAST($5 AS BIGINT) IS NULL
          AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
        ORDER BY id LIMIT $4
    ) AS waiting_at_once
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at = $2 AND id > $3 AND CAST($5 AS BIGINT) IS NULL
          AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
        ORDER BY id LIMIT $4
    ) AS deferred_at_once
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'waiting' AND due_at > $2 AND due_at <= $1 AND CAST($5 AS BIGINT) IS NULL
          AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
        ORDER BY due_at, id LIMIT $4
    ) AS waiting
    UNION ALL
    SELECT * FROM (
        SELECT id, due_at FROM message
        WHERE state = 'deferred' AND due_at > $2 AND due_at <= $1 AND CAST($5 AS BIGINT) IS NULL
          AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
        ORDER BY due_at, id LIMIT $4
    ) AS deferred
    UNION ALL
    SELECT message.id, message.due_at
    FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id
    JOIN message ON message.invitation_id = invitation.id
    WHERE graduate.priority = $5 AND graduate.id > $6 AND graduate.id <= $7
      AND message.state IN ('waiting', 'deferred') AND message.due_at <= $1
      AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = message.id)
    ORDER BY due_at, id LIMIT CASE WHEN CAST($5 AS BIGINT) IS NULL THEN $4 END
)
SELECT coalesce(
    json_agg(
        json_build_array(
            CASE
                -- a domain that refuses us by policy is left alone for a day, as if its graduates were held
                WHEN split_part(message_content.email, '@', 2)
                    IN (SELECT domain FROM refusing_domain WHERE latest > $1 - 86400000)
                -- whose turn comes at another time
                OR message_content.priority IS DISTINCT FROM $5
                THEN 1
                ELSE 0
            END,
            content
        )
    ),
    '[]'
)::TEXT AS "messages!: String",
(SELECT due_at FROM due ORDER BY due_at DESC, id DESC LIMIT 1) AS "last_due_at: i64",
(SELECT id FROM due ORDER BY due_at DESC, id DESC LIMIT 1) AS "last_id: i64"
FROM due
JOIN message_content ON message_content.id = due.id AND message_content.invitation_state = 'open'
