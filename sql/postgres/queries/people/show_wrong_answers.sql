-- PostgreSQL.
SELECT wrong_answer.at AS "at: Moment", wrong_answer.locked_until AS "locked_until!: MaybeMoment"
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id
JOIN wrong_answer ON wrong_answer.invitation_id = invitation.id
WHERE graduate.student_id = $1
ORDER BY wrong_answer.number
