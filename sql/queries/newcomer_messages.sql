-- Each has one invitation.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $3, 'invitation', 'waiting', $4
FROM (SELECT DISTINCT student_id FROM staged_row WHERE student_id > $1 AND student_id <= $2) AS staged
CROSS JOIN graduate ON graduate.student_id = staged.student_id
CROSS JOIN invitation ON invitation.graduate_id = graduate.id
ORDER BY staged.student_id
