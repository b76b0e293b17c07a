-- PostgreSQL.
-- Recipients of the messages to go until $1, by domain.
SELECT split_part(graduate.email, '@', 2) AS "domain!: String", count(*) AS "messages!: i64"
FROM message
JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.state IN ('waiting', 'deferred') AND message.due_at <= $1
  AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id)
GROUP BY 1
ORDER BY 2 DESC, 1
