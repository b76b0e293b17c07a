-- Messages by state, from the index alone.
SELECT state, count(*) AS "messages!: i64" FROM message GROUP BY state
