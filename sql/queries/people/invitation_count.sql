-- Nearly all are open, for most of the time; what has ended has an index. Those of purged graduates too.
SELECT state AS "state!: InvitationState", CAST(sum(number) AS BIGINT) AS "invitations!: i64"
FROM (
    SELECT state, count(*) AS number FROM invitation WHERE state <> 'open' GROUP BY state
    UNION ALL
    SELECT 'open', (SELECT count(*) FROM invitation) - (SELECT count(*) FROM invitation WHERE state <> 'open')
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'invitation'
) AS counted
GROUP BY state
