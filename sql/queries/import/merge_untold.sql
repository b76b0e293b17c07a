-- An award is back that was out of the roster when its invitation was mailed: no mail has told of it yet.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT qualification.invitation_id, $3, 'invitation', 'waiting', $4
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
    AND qualification.withdrawn_at IS NOT NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  AND EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id AND message.sent_at >= qualification.withdrawn_at
  )
  AND NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id
      AND (message.sent_at < qualification.withdrawn_at OR message.state IN ('waiting', 'deferred'))
  )
GROUP BY qualification.invitation_id
