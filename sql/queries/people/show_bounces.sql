-- Every notification about a student's messages, the oldest first.
SELECT bounce.message_id AS "message_id!", bounce.kind AS "kind!", bounce.at AS "at!: Moment", bounce.code AS "code!",
    bounce.reason AS "reason!", bounce.is_forwarded = 1 AS "is_forwarded!: bool"
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
JOIN message ON message.invitation_id = invitation.id
JOIN bounce ON bounce.message_id = message.id
WHERE graduate.student_id = $1
ORDER BY bounce.at, bounce.message_id, bounce.kind
