-- Every invitation that has no message yet gets one.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $3, 'invitation', 'waiting', $4
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
WHERE graduate.student_id > $1 AND graduate.student_id <= $2
  AND NOT EXISTS (SELECT 1 FROM message WHERE message.invitation_id = invitation.id)
ORDER BY invitation.id
