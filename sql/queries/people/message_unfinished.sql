-- $1 is the batch, or NULL for all.
SELECT
    count(*) FILTER (WHERE state = 'refused') AS "refused!: i64",
    count(*) FILTER (WHERE state = 'in_doubt') AS "in_doubt!: i64"
FROM message
WHERE state IN ('sending', 'in_doubt', 'refused') AND (CAST($1 AS BIGINT) IS NULL OR batch_id = $1)
