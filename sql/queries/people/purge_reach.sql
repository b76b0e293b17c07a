-- How far the graduate $1 came, as `report_domains` and `report_batches` count it.
INSERT INTO purged_reach (batch_id, reach, number)
SELECT batch_id, reach, count(*)
FROM (
    SELECT
        0 AS batch_id,
        CASE
            WHEN EXISTS (SELECT 1 FROM submission WHERE graduate_id = $1 AND state IN ('verified', 'superseded')) THEN 4
            WHEN EXISTS (SELECT 1 FROM submission WHERE graduate_id = $1) THEN 3
            WHEN EXISTS (SELECT 1 FROM invitation WHERE graduate_id = $1 AND opened_at IS NOT NULL) THEN 2
            WHEN EXISTS (
                SELECT 1 FROM invitation
                CROSS JOIN message
                WHERE invitation.graduate_id = $1 AND message.invitation_id = invitation.id
                  AND coalesce(message.state, '') IN ('sent', 'bounced')
            ) THEN 1
            ELSE 0
        END AS reach
    UNION ALL
    SELECT
        mailed.batch_id,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM qualification
                JOIN submission USING (graduate_id, course_key)
                WHERE qualification.graduate_id = $1 AND qualification.invitation_id = mailed.invitation_id
                  AND submission.state IN ('verified', 'superseded')
            ) THEN 4
            WHEN EXISTS (
                SELECT 1 FROM qualification
                JOIN submission USING (graduate_id, course_key)
                WHERE qualification.graduate_id = $1 AND qualification.invitation_id = mailed.invitation_id
            ) THEN 3
            WHEN mailed.opened THEN 2
            ELSE mailed.sent
        END
    FROM (
        SELECT
            message.batch_id, message.invitation_id, count(invitation.opened_at) > 0 AS opened,
            max(CASE WHEN message.state IN ('sent', 'bounced') THEN 1 ELSE 0 END) AS sent
        FROM invitation
        JOIN message ON message.invitation_id = invitation.id
        WHERE invitation.graduate_id = $1
        GROUP BY message.batch_id, message.invitation_id
    ) AS mailed
) AS reached
WHERE TRUE
GROUP BY batch_id, reach
ON CONFLICT (batch_id, reach) DO UPDATE SET number = purged_reach.number + excluded.number
