-- Messages by state. Nearly all are in one, most of the time in that of the message in the middle, and are counted as all
-- but the others: a table is counted by its pages, a part of it by its rows. Those of purged graduates too.
WITH
    most AS MATERIALIZED (
        SELECT state FROM message WHERE id >= (SELECT max(id) / 2 FROM message) ORDER BY id LIMIT 1
    ),
    others AS MATERIALIZED (
        SELECT state, count(*) AS number FROM message WHERE state < (SELECT state FROM most) GROUP BY state
        UNION ALL
        SELECT state, count(*) FROM message WHERE state > (SELECT state FROM most) GROUP BY state
    )
SELECT state AS "state!: MessageState", CAST(sum(number) AS BIGINT) AS "messages!: i64"
FROM (
    SELECT state, number FROM others
    UNION ALL
    SELECT state, (SELECT count(*) FROM message) - (SELECT coalesce(CAST(sum(number) AS BIGINT), 0) FROM others) FROM most
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'message'
) AS counted
GROUP BY state
