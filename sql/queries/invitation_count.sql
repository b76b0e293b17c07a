SELECT state, count(*) AS "invitations!: i64" FROM invitation GROUP BY state
