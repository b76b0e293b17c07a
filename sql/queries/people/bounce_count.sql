-- Whom the latest message did not reach: how many, and how many of them are tried again; $1 is the batch, or
-- NULL for all.
SELECT count(*) AS "bounced!: i64", count(again_at) AS "again!: i64"
FROM unreached
WHERE CAST($1 AS BIGINT) IS NULL OR batch_id = $1
