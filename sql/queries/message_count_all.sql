-- Messages by state, from the index alone. Those of purged graduates too.
SELECT state AS "state!: String", sum(number) AS "messages!: i64"
FROM (
    SELECT state, count(*) AS number FROM message GROUP BY state
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'message'
) AS counted
GROUP BY state
