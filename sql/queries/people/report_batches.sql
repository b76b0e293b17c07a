-- How many invitations that each batch was to mail came how far; numbers as in `report_domains`. Purged ones stand apart.
SELECT batch_id AS "batch_id!: i64", CAST(reach AS BIGINT) AS "reach!: i64", count(*) AS "number!: i64"
FROM (
    SELECT
        mailed.batch_id,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM qualification
                JOIN submission USING (graduate_id, course_key)
                WHERE qualification.graduate_id = invitation.graduate_id
                  AND qualification.invitation_id = invitation.id AND submission.state IN ('verified', 'superseded')
            ) THEN 4
            WHEN EXISTS (
                SELECT 1 FROM qualification
                JOIN submission USING (graduate_id, course_key)
                WHERE qualification.graduate_id = invitation.graduate_id
                  AND qualification.invitation_id = invitation.id
            ) THEN 3
            WHEN invitation.opened_at IS NOT NULL THEN 2
            ELSE mailed.sent
        END AS reach
    FROM (
        SELECT invitation_id, batch_id, max(CASE WHEN state IN ('sent', 'bounced') THEN 1 ELSE 0 END) AS sent
        FROM message
        GROUP BY invitation_id, batch_id
    ) AS mailed
    JOIN invitation ON invitation.id = mailed.invitation_id
) AS reached
GROUP BY batch_id, reach
