-- By a person's word; $2 is the batch, or NULL for all. An address that cannot be used is not tried again.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation_id, batch_id, message_kind, 'waiting', $1
FROM unreached
WHERE unreached.kind <> 'hard' AND (CAST($2 AS BIGINT) IS NULL OR batch_id = $2)
RETURNING (
    SELECT graduate.student_id FROM invitation JOIN graduate ON graduate.id = invitation.graduate_id
    WHERE invitation.id = message.invitation_id
) AS "student_id!"
