-- What is still to go, by state, and of held graduates apart; $1 is now. The held ones are few, and counted from their side.
SELECT
    state AS "state!: MessageState", count(*) AS "messages!: i64", count(*) FILTER (WHERE due_at <= $1) AS "due!: i64",
    min(due_at) FILTER (WHERE due_at > $1) AS "next_due: Moment", FALSE AS "held!: bool"
FROM message
WHERE state IN ('waiting', 'deferred')
GROUP BY state
UNION ALL
SELECT message.state, count(*), count(*) FILTER (WHERE message.due_at <= $1), NULL, TRUE
FROM (SELECT DISTINCT student_id FROM hold) AS held
CROSS JOIN graduate
CROSS JOIN invitation
CROSS JOIN message
WHERE graduate.student_id = held.student_id AND invitation.graduate_id = graduate.id
  AND message.invitation_id = invitation.id AND coalesce(message.state, '') IN ('waiting', 'deferred')
GROUP BY message.state
