-- Messages by state; $1 is the batch, or NULL for all. Those of purged graduates too.
SELECT state AS "state!: String", sum(number) AS "messages!: i64"
FROM (
    SELECT state, count(*) AS number FROM message WHERE $1 IS NULL OR batch_id = $1 GROUP BY state
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'message' AND ($1 IS NULL OR batch_id = $1)
) AS counted
GROUP BY state
