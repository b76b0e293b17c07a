-- The purged ones too.
SELECT
    (SELECT count(*) FROM graduate)
    + (SELECT coalesce(sum(number), 0) FROM purged_count WHERE what = 'graduate') AS "graduates!: i64"
