-- PostgreSQL. Which of the messages $2 are the node's $1, be its lease over or not; and which of them it may begin: not without
-- a lease, nor what a hold has caught up with.
SELECT
    claim.message_id,
    EXISTS (SELECT 1 FROM node WHERE node.id = $1 AND node.lease_until > server_now())
    AND NOT EXISTS (
        SELECT 1
        FROM message
        JOIN invitation ON invitation.id = message.invitation_id
        JOIN graduate ON graduate.id = invitation.graduate_id
        JOIN hold ON hold.student_id = graduate.student_id
        WHERE message.id = claim.message_id
    ) AS "may_begin!"
FROM claim
WHERE claim.node = $1 AND claim.message_id = ANY ($2)
