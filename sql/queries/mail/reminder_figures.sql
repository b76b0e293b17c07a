SELECT
    (SELECT count(*) FROM message WHERE kind = 'reminder' AND state = 'sent') AS "sent!: i64",
    (SELECT count(*) FROM message WHERE kind = 'reminder' AND state IN ('waiting', 'deferred')) AS "waiting!: i64",
    (SELECT count(*) FROM graduate WHERE opted_out_at IS NOT NULL) AS "opted_out!: i64"
