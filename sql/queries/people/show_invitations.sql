-- Every invitation of a student, the oldest first.
SELECT invitation.id AS "id!", invitation.state AS "state: InvitationState",
    invitation.created_at AS "created_at: Moment", invitation.opened_at AS "opened_at!: MaybeMoment"
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
WHERE graduate.student_id = $1
ORDER BY invitation.id
