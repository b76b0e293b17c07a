-- As message_retry, of one student.
UPDATE message
SET state = 'waiting', due_at = $2, attempts = 0
WHERE coalesce(state, '') IN ('refused', 'in_doubt', 'deferred')
  AND invitation_id IN (
    SELECT invitation.id FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
    WHERE graduate.student_id = $1
  )
