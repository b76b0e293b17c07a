-- $1 is the batch, or NULL for all. Nothing can be done any more about the mail of a purged graduate.
SELECT
    coalesce(sum(state = 'refused'), 0) AS "refused!: i64",
    coalesce(sum(state = 'in_doubt'), 0) AS "in_doubt!: i64"
FROM message
WHERE state IN ('sending', 'in_doubt', 'refused') AND ($1 IS NULL OR batch_id = $1)
  AND NOT EXISTS (
    SELECT 1 FROM invitation
    JOIN graduate ON graduate.id = invitation.graduate_id
    WHERE invitation.id = message.invitation_id AND graduate.purged_at IS NOT NULL
  )
