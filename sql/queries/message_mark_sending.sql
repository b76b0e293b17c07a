-- Promise 2: committed before the first byte of the content leaves. $2 is a list of messages that would go now, each
-- with its code; those go that are still due, have a code of their own, and fit into $4, the budget of the day $3.
UPDATE message
SET state = 'sending', attempts = attempts + 1
WHERE id IN (
    SELECT due.id
    FROM json_each($2) AS wanted
    CROSS JOIN message AS due ON due.id = wanted.value ->> 'message_id' AND due.state IN ('waiting', 'deferred')
    CROSS JOIN invitation ON invitation.id = due.invitation_id AND invitation.state = 'open'
    WHERE NOT EXISTS (SELECT 1 FROM code WHERE code.hash = unhex(wanted.value ->> 'code_hash'))
    ORDER BY wanted.key
    LIMIT max(0, $4 - coalesce((SELECT used FROM mail_day WHERE day = $3), 0))
)
RETURNING id
