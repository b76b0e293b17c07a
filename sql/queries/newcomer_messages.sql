-- A mail for everybody who came after graduate $1.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $2, 'invitation', 'waiting', $3
FROM graduate
CROSS JOIN invitation ON invitation.graduate_id = graduate.id
WHERE graduate.id > $1
ORDER BY graduate.id
