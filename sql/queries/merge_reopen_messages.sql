-- An open invitation whose mail was canceled before it left is mailed after all.
UPDATE message
SET state = 'waiting', due_at = $3
WHERE state = 'canceled' AND attempts = 0
  AND invitation_id IN (
    SELECT invitation.id
    FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id
    WHERE graduate.student_id > $1 AND graduate.student_id <= $2 AND invitation.state = 'open'
  )
  AND NOT EXISTS (
    SELECT 1 FROM message AS other
    WHERE other.invitation_id = message.invitation_id AND other.id <> message.id AND other.state <> 'canceled'
  )
