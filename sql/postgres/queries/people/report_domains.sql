-- PostgreSQL.
-- How many graduates of each mail domain came how far: 0 imported, 1 mailed, 2 opened, 3 submitted, 4 verified.
SELECT
    domain AS "key!: String", domain AS "name!: String", CAST(reach AS BIGINT) AS "reach!: i64", count(*) AS "number!: i64"
FROM (
    SELECT
        split_part(email, '@', 2) AS domain,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM submission WHERE submission.graduate_id = graduate.id AND submission.state IN ('verified', 'superseded')
            ) THEN 4
            WHEN EXISTS (SELECT 1 FROM submission WHERE submission.graduate_id = graduate.id) THEN 3
            WHEN EXISTS (
                SELECT 1 FROM invitation WHERE invitation.graduate_id = graduate.id AND opened_at IS NOT NULL
            ) THEN 2
            WHEN EXISTS (
                SELECT 1 FROM invitation
                JOIN message ON message.invitation_id = invitation.id AND coalesce(message.state, '') IN ('sent', 'bounced')
                WHERE invitation.graduate_id = graduate.id
            ) THEN 1
            ELSE 0
        END AS reach
    FROM graduate
) AS reached
GROUP BY domain, reach
