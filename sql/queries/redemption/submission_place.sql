-- How many are before it, and until when it is put off, if it is.
SELECT
    (
        SELECT count(*) FROM submission AS earlier
        WHERE earlier.state = 'waiting' AND (earlier.asked_at, earlier.id) < (own.asked_at, own.id)
    ) AS "before!: i64",
    CASE WHEN own.trouble IS NOT NULL THEN own.due_at END AS "put_off_until!: MaybeMoment"
FROM submission AS own
WHERE own.id = $1
