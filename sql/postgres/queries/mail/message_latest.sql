-- PostgreSQL.
-- A graduate's latest message, in the shape of message_due.sql: a list of one, or of none.
SELECT coalesce(json_agg(content), '[]')::TEXT AS "messages!: String"
FROM message_content
WHERE id = (
    SELECT max(message.id)
    FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id
    JOIN message ON message.invitation_id = invitation.id
    WHERE graduate.student_id = $1
)
