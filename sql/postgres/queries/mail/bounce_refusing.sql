-- PostgreSQL.
-- Mail domains that are left alone at $1, with how many of their graduates wait.
SELECT
    refusing_domain.domain AS "domain!: String", refusing_domain.refused AS "refused!: i64",
    (
        SELECT count(*)
        FROM message
        JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open'
        JOIN graduate ON graduate.id = invitation.graduate_id
        WHERE message.state IN ('waiting', 'deferred')
          AND split_part(graduate.email, '@', 2) = refusing_domain.domain
    ) AS "waiting!: i64"
FROM refusing_domain
WHERE latest > CAST($1 AS BIGINT) - 86400000
ORDER BY 1
