-- The last of the next $3 graduates of a priority; NULL after the last.
SELECT max(id) AS "last: i64"
FROM (SELECT id FROM graduate WHERE priority = $1 AND id > $2 ORDER BY id LIMIT CAST($3 AS BIGINT)) AS next
