-- Every attempt of a student's messages, the oldest first.
SELECT attempt.message_id, attempt.number, attempt.started_at AS "started_at: Moment", attempt.outcome, attempt.reply
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
JOIN message ON message.invitation_id = invitation.id
JOIN attempt ON attempt.message_id = message.id
WHERE graduate.student_id = $1
ORDER BY attempt.message_id, attempt.number
