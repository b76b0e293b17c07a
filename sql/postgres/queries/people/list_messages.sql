-- PostgreSQL.
-- Whose latest message of an invitation is in the state $1, with the last that the relay said of it.
SELECT DISTINCT ON (graduate.student_id)
    graduate.student_id AS "student_id!", coalesce(message.sent_at, attempt.started_at, message.due_at) AS "since!: Moment",
    coalesce(attempt.reply, '') AS "reason!: String"
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
LEFT JOIN attempt ON attempt.message_id = message.id AND attempt.number = (
    SELECT max(number) FROM attempt WHERE attempt.message_id = message.id
)
WHERE message.state = $1
  AND message.id = (SELECT max(latest.id) FROM message AS latest WHERE latest.invitation_id = message.invitation_id)
ORDER BY graduate.student_id, coalesce(message.sent_at, attempt.started_at, message.due_at) DESC, message.id
