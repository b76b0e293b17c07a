-- How many reminders would be due at $1, and how many may become due later, by how many there were before; and when the latest
-- messages of the latter left. $2 and $3 as in reminder_messages.sql.
SELECT
    +before.key AS "number!: i64",
    coalesce(sum(candidate.sent_at < before.value AND candidate.at_rest_from <= $1), 0) AS "due!: i64",
    coalesce(sum(candidate.sent_at >= before.value), 0) AS "later!: i64",
    min(candidate.sent_at) FILTER (WHERE candidate.sent_at >= before.value) AS "first_sent_at!: MaybeMoment",
    max(candidate.sent_at) FILTER (WHERE candidate.sent_at >= before.value) AS "last_sent_at!: MaybeMoment"
FROM reminder_candidate AS candidate
JOIN json_each($2) AS before ON before.key = candidate.since_news
WHERE candidate.reminders < $3 AND candidate.expires_at > $1
GROUP BY before.key
ORDER BY before.key
