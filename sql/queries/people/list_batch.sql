-- Students to whom batch $1 brought a message.
SELECT graduate.student_id
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.batch_id = $1
