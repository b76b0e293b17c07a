-- Each has one invitation.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT id, $2, 'invitation', 'waiting', $3
FROM invitation
WHERE graduate_id
    >= (SELECT id FROM graduate WHERE student_id = (SELECT min(student_id) FROM staged_row WHERE student_id > $1))
ORDER BY graduate_id
