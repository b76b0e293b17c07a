-- Students of whom batch $1 brought something: a message, or a row that it could not take.
SELECT graduate.student_id AS "student_id!: String"
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.batch_id = $1
UNION
SELECT coalesce(student_id, '') FROM rejected_row WHERE batch_id = $1
