-- PostgreSQL. The row of account $1, which nobody else has until this transaction ends; and when this server began.
SELECT next, epoch, health, CAST(extract(EPOCH FROM pg_postmaster_start_time()) * 1000000 AS BIGINT) AS "began!"
FROM pace
WHERE account = $1
FOR NO KEY UPDATE
