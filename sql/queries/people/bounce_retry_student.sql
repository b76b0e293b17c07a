-- By a person's word about one student, who may know better than a mail system.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation_id, batch_id, message_kind, 'waiting', $2
FROM unreached
JOIN graduate ON graduate.id = unreached.graduate_id
WHERE graduate.student_id = $1
