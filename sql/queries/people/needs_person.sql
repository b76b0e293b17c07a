-- Students for whom a person has to do something.
SELECT student_id AS "student_id!: String" FROM hold WHERE source IN ('conflict', 'address')
UNION
SELECT student_id FROM rejected_row WHERE student_id IS NOT NULL
UNION
SELECT graduate.student_id
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.state IN ('sending', 'in_doubt', 'refused')
UNION
SELECT graduate.student_id
FROM submission
JOIN graduate ON graduate.id = submission.graduate_id
WHERE submission.state = 'rejected'
UNION
SELECT student_id FROM late_change
UNION
SELECT graduate.student_id
FROM unreached
JOIN graduate ON graduate.id = unreached.graduate_id
WHERE unreached.again_at IS NULL
ORDER BY 1
