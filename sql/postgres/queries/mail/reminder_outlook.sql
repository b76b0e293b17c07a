-- PostgreSQL.
-- How many reminders would be due at $1, and how many may become due later, by how many there were before; and when the latest
-- messages of the latter left. $2 and $3 as in reminder_messages.sql.
SELECT
    earlier.place - 1 AS "number!: i64",
    count(*) FILTER (WHERE candidate.sent_at < CAST(earlier.value AS BIGINT) AND candidate.at_rest_from <= $1) AS "due!: i64",
    count(*) FILTER (WHERE candidate.sent_at >= CAST(earlier.value AS BIGINT)) AS "later!: i64",
    min(candidate.sent_at) FILTER (WHERE candidate.sent_at >= CAST(earlier.value AS BIGINT)) AS "first_sent_at!: MaybeMoment",
    max(candidate.sent_at) FILTER (WHERE candidate.sent_at >= CAST(earlier.value AS BIGINT)) AS "last_sent_at!: MaybeMoment"
FROM reminder_candidate AS candidate
JOIN json_array_elements_text(CAST(CAST($2 AS TEXT) AS JSON)) WITH ORDINALITY AS earlier (value, place)
    ON earlier.place = candidate.since_news + 1
WHERE candidate.reminders < $3 AND candidate.expires_at > $1
GROUP BY earlier.place
ORDER BY earlier.place
