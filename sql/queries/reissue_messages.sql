INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, (SELECT max(id) FROM batch), 'invitation', 'waiting', $2
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
WHERE graduate.student_id = $1
