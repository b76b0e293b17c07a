-- Messages that the next run mails to graduate $1.
SELECT count(*) AS "messages!: i64"
FROM invitation
JOIN message ON message.invitation_id = invitation.id AND coalesce(message.state, '') = 'waiting'
WHERE invitation.graduate_id = $1 AND invitation.state = 'open'
