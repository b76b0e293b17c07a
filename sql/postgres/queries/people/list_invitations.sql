-- PostgreSQL.
-- Who has an invitation in the state $1, since what last happened to it that the ledger keeps.
SELECT graduate.student_id AS "student_id!",
    max(greatest(
        invitation.created_at,
        (SELECT max(retired_at) FROM code WHERE code.invitation_id = invitation.id),
        (
            SELECT max(qualification.withdrawn_at) FROM qualification
            WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
        )
    )) AS "since!: Moment"
FROM invitation
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE invitation.state = $1
GROUP BY graduate.student_id
ORDER BY graduate.student_id
