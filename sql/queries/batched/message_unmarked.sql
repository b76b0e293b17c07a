-- Why a message could not become `sending`: its code $2 is taken, or it is no longer due; else the day has no budget left.
SELECT
    EXISTS (SELECT 1 FROM code WHERE hash = $2) AS "code_is_taken!: bool",
    EXISTS (
        SELECT 1
        FROM message
        JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open'
        WHERE message.id = $1 AND message.state IN ('waiting', 'deferred')
    ) AS "is_due!: bool"
