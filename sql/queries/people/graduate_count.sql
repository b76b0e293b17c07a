-- The purged ones too.
SELECT
    (SELECT count(*) FROM graduate)
    + (SELECT coalesce(CAST(sum(number) AS BIGINT), 0) FROM purged_count WHERE what = 'graduate') AS "graduates!: i64"
