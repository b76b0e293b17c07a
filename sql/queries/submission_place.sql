-- How many are before it.
SELECT count(*) AS "before!: i64"
FROM submission AS own
JOIN submission AS earlier
    ON earlier.state = 'waiting' AND (earlier.asked_at, earlier.id) < (own.asked_at, own.id)
WHERE own.id = $1
