-- Everything of a graduate that is counted, as `graduate_count`, `invitation_count`, `message_count` and
-- `submission_count` count it. A submission counts for each batch that mailed its invitation, and once over all.
INSERT INTO purged_count (what, batch_id, state, number)
SELECT what, batch_id, state, count(*)
FROM (
    SELECT 'graduate' AS what, 0 AS batch_id, '' AS state FROM graduate WHERE id = $1
    UNION ALL
    SELECT 'invitation', 0, state FROM invitation WHERE graduate_id = $1
    UNION ALL
    SELECT 'message', message.batch_id, message.state
    FROM invitation
    JOIN message ON message.invitation_id = invitation.id
    WHERE invitation.graduate_id = $1
    UNION ALL
    SELECT 'submission', 0, state FROM submission WHERE graduate_id = $1
    UNION ALL
    SELECT 'submission', batch_id, state
    FROM (
        SELECT DISTINCT submission.id, submission.state, message.batch_id
        FROM submission
        JOIN qualification
            ON qualification.graduate_id = submission.graduate_id
            AND qualification.course_key = submission.course_key
        JOIN message ON message.invitation_id = qualification.invitation_id
        WHERE submission.graduate_id = $1
    ) AS mailed
) AS counted
GROUP BY what, batch_id, state
ON CONFLICT (what, batch_id, state) DO UPDATE SET number = purged_count.number + excluded.number
