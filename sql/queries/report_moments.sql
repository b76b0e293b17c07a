-- What happened in each quarter of an hour since 1970: days of every time zone are made of these.
SELECT 'mailed' AS "what!: String", sent_at / 900000 AS "quarter!: i64", count(*) AS "number!: i64"
FROM message
WHERE state IN ('sent', 'bounced') AND sent_at IS NOT NULL
GROUP BY 2
UNION ALL
SELECT 'opened', opened_at / 900000, count(*) FROM invitation WHERE opened_at IS NOT NULL GROUP BY 2
UNION ALL
SELECT 'verified', ended_at / 900000, count(*) FROM submission WHERE state IN ('verified', 'superseded') AND ended_at IS NOT NULL GROUP BY 2
