-- Submissions by state; $1 is the batch whose invitations are meant, or NULL for all.
SELECT state, count(*) AS "submissions!: i64" FROM submission
WHERE $1 IS NULL OR EXISTS (
    SELECT 1 FROM qualification
    JOIN message ON message.invitation_id = qualification.invitation_id AND message.batch_id = $1
    WHERE qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
)
GROUP BY state
