-- Nearly all are open, for most of the time; what has ended has an index.
SELECT state AS "state!: String", count(*) AS "invitations!: i64" FROM invitation WHERE state <> 'open' GROUP BY state
UNION ALL
SELECT 'open', (SELECT count(*) FROM invitation) - (SELECT count(*) FROM invitation WHERE state <> 'open')
