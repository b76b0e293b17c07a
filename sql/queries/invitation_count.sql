-- Those of purged graduates too.
SELECT state AS "state!: String", sum(number) AS "invitations!: i64"
FROM (
    SELECT state, count(*) AS number FROM invitation GROUP BY state
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'invitation'
) AS counted
GROUP BY state
