-- Messages of a batch by state.
SELECT state, count(*) AS "messages!: i64"
FROM message
WHERE batch_id = $1
GROUP BY state
