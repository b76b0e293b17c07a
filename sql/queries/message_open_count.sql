-- What is still to go, by state; $1 is now.
SELECT
    state AS "state!: String", count(*) AS "messages!: i64", sum(due_at <= $1) AS "due!: i64",
    min(due_at) AS "next_due!: i64"
FROM message
WHERE state IN ('waiting', 'deferred')
GROUP BY state
