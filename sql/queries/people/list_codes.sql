-- Whose last working code expires after $1 and until $2; only open invitations.
SELECT graduate.student_id AS "student_id!", max(last.expires_at) AS "since!: Moment"
FROM (
    SELECT invitation_id, max(expires_at) AS expires_at FROM code WHERE retired_at IS NULL GROUP BY invitation_id
) AS last
JOIN invitation ON invitation.id = last.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE last.expires_at > $1 AND last.expires_at <= $2
GROUP BY graduate.student_id
ORDER BY graduate.student_id
