-- Messages by state; $1 is the batch, or NULL for all.
SELECT state, count(*) AS "messages!: i64"
FROM message
WHERE $1 IS NULL OR batch_id = $1
GROUP BY state
