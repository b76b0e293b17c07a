-- What a message follows: whether its invitation, or another one of the same graduate, was mailed before it.
SELECT
    message.kind,
    EXISTS (
        SELECT 1 FROM message AS earlier
        WHERE earlier.invitation_id = message.invitation_id AND earlier.id < message.id
            AND earlier.state IN ('sending', 'sent', 'in_doubt', 'bounced')
    ) AS "follows_mail!: bool",
    EXISTS (
        SELECT 1 FROM invitation AS other
        JOIN message AS earlier ON earlier.invitation_id = other.id
        WHERE other.graduate_id = invitation.graduate_id AND other.id <> invitation.id AND earlier.id < message.id
            AND earlier.state IN ('sending', 'sent', 'in_doubt', 'bounced')
    ) AS "follows_invitation!: bool"
FROM message
JOIN invitation ON invitation.id = message.invitation_id
WHERE message.id = $1
