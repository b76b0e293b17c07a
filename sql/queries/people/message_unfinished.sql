-- $1 is the batch, or NULL for all.
SELECT
    coalesce(sum(state = 'refused'), 0) AS "refused!: i64",
    coalesce(sum(state = 'in_doubt'), 0) AS "in_doubt!: i64"
FROM message
WHERE state IN ('sending', 'in_doubt', 'refused') AND ($1 IS NULL OR batch_id = $1)
