-- Messages of a batch by state. Those of purged graduates too.
SELECT state AS "state!: MessageState", CAST(sum(number) AS BIGINT) AS "messages!: i64"
FROM (
    SELECT state, count(*) AS number FROM message WHERE batch_id = $1 GROUP BY state
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'message' AND batch_id = $1
) AS counted
GROUP BY state
