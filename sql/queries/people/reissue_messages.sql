INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT
    invitation.id, coalesce(
        -- of the import that brought what it tells of
        (SELECT max(earlier.batch_id) FROM message AS earlier WHERE earlier.invitation_id = invitation.id),
        (SELECT max(id) FROM batch)
    ),
    CASE
        WHEN EXISTS (
            SELECT 1 FROM message AS earlier
            WHERE earlier.invitation_id = invitation.id AND earlier.kind = 'update' AND earlier.sent_at IS NULL
        ) THEN 'update'
        WHEN EXISTS (
            SELECT 1 FROM message AS earlier
            WHERE earlier.invitation_id = invitation.id AND earlier.sent_at IS NOT NULL
        ) THEN 'replacement'
        ELSE 'invitation'
    END,
    'waiting', $2
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
WHERE graduate.student_id = $1
