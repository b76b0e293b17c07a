-- Every message of a student, the oldest first.
SELECT message.id AS "id!", message.kind, message.state AS "state: MessageState", message.due_at AS "due_at: Moment", invitation.id AS invitation_id
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
JOIN message ON message.invitation_id = invitation.id
WHERE graduate.student_id = $1
ORDER BY message.id
