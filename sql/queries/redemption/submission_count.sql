-- Submissions by state; $1 is the batch whose invitations are meant, or NULL for all. Those of purged graduates too.
SELECT state AS "state!: SubmissionState", CAST(sum(number) AS BIGINT) AS "submissions!: i64"
FROM (
    SELECT state, count(*) AS number FROM submission
    WHERE CAST($1 AS BIGINT) IS NULL OR EXISTS (
        SELECT 1 FROM qualification
        JOIN message ON message.invitation_id = qualification.invitation_id AND message.batch_id = $1
        WHERE qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    )
    GROUP BY state
    UNION ALL
    SELECT state, number FROM purged_count WHERE what = 'submission' AND batch_id = coalesce($1, 0)
) AS counted
GROUP BY state
