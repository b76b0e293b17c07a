-- Only for a qualification that can be added now; one that has a live submission keeps it.
INSERT INTO submission (seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at)
SELECT $1, qualification.graduate_id, qualification.course_key, $4, 'waiting', $5, $5
FROM qualification
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE qualification.graduate_id = $2 AND qualification.course_key = $3 AND qualification.withdrawn_at IS NULL
ON CONFLICT DO NOTHING
RETURNING id AS "id!"
