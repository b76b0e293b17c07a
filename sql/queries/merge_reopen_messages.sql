-- An open invitation whose mail never left is mailed after all: its latest message waits again.
UPDATE message
SET state = 'waiting', due_at = $3
WHERE state = 'canceled'
  AND invitation_id IN (
    SELECT invitation.id
    FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id
    WHERE graduate.student_id > $1 AND graduate.student_id <= $2 AND invitation.state = 'open'
  )
  AND NOT EXISTS (
    SELECT 1 FROM message AS other
    WHERE other.invitation_id = message.invitation_id
      AND (other.state <> 'canceled' OR other.id > message.id)
  )
