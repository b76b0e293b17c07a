-- People who would be mailed without an approved plan: what came in a batch of none, or by itself. Those who are held are not
-- mailed.
SELECT count(DISTINCT invitation.graduate_id) AS "people!: i64"
FROM message
JOIN batch ON batch.id = message.batch_id AND (batch.plan IS NULL OR message.came_by_itself = 1)
JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.state IN ('waiting', 'deferred')
  AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id)
