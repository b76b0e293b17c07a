-- PostgreSQL. What time it is, in microseconds; $1 where a test says it.
SELECT coalesce(CAST($1 AS BIGINT), CAST(extract(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)) AS "now!"
