-- The message that a notification is about.
SELECT graduate.student_id, graduate.email
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.id = $1
