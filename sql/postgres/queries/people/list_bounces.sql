-- PostgreSQL.
-- Of whose messages a notification of the kind $1 came, the latest.
SELECT DISTINCT ON (graduate.student_id)
    graduate.student_id AS "student_id!", bounce.at AS "since!: Moment", bounce.reason AS "reason!: String"
FROM bounce
JOIN message ON message.id = bounce.message_id
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE bounce.kind = $1
ORDER BY graduate.student_id, bounce.at DESC, bounce.message_id
