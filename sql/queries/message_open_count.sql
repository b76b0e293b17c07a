SELECT
    coalesce(sum(state = 'waiting'), 0) AS "waiting!: i64",
    coalesce(sum(state = 'deferred'), 0) AS "deferred!: i64",
    coalesce(sum(due_at <= $1), 0) AS "due!: i64",
    min(due_at) AS "next_due: i64"
FROM message
WHERE state IN ('waiting', 'deferred')
