-- A new address: an open invitation is mailed to it.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $3, 'invitation', 'waiting', $4
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
JOIN invitation ON invitation.graduate_id = graduate.id
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  AND staged_row.email <> graduate.email AND invitation.state = 'open'
  AND NOT EXISTS (
    SELECT 1 FROM message WHERE message.invitation_id = invitation.id AND message.state = 'waiting'
  )
GROUP BY invitation.id
