-- How many graduates have a qualification in SEEK Pass, as it is now or as it was before. Purged graduates too.
SELECT
    (SELECT count(DISTINCT graduate_id) FROM submission WHERE state IN ('verified', 'superseded'))
    + coalesce((SELECT CAST(sum(number) AS BIGINT) FROM purged_reach WHERE batch_id = 0 AND reach = 4), 0) AS "graduates!: i64"
