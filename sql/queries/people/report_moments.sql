-- What happened in each quarter of an hour since 1970: days of every time zone are made of these.
SELECT 'mailed' AS "what!: String", sent_at / 900000 * 900000 AS "since!: Moment", count(*) AS "number!: i64"
FROM message
WHERE state IN ('sent', 'bounced') AND sent_at IS NOT NULL
GROUP BY 2
UNION ALL
SELECT 'opened', opened_at / 900000 * 900000, count(*) FROM invitation WHERE opened_at IS NOT NULL GROUP BY 2
UNION ALL
SELECT 'verified', at / 900000 * 900000, count(*)
FROM (
    SELECT ended_at AS at FROM submission WHERE state = 'verified' AND ended_at IS NOT NULL
    UNION ALL
    SELECT submission_past.at
    FROM submission
    JOIN submission_past ON submission_past.submission_id = submission.id AND submission_past.state = 'verified'
    WHERE submission.state = 'superseded'
) AS verified
GROUP BY 2
