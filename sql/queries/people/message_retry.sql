-- $2 is the batch, or NULL for all. The tries begin anew, so that the relay may ask for patience again.
UPDATE message
SET state = 'waiting', due_at = $1, attempts = 0
WHERE state IN ('refused', 'in_doubt', 'deferred') AND (CAST($2 AS BIGINT) IS NULL OR batch_id = $2)
  AND EXISTS (SELECT 1 FROM invitation WHERE invitation.id = message.invitation_id AND invitation.state = 'open')
RETURNING (
    SELECT graduate.student_id FROM invitation JOIN graduate ON graduate.id = invitation.graduate_id
    WHERE invitation.id = message.invitation_id
) AS "student_id!"
