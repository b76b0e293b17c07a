-- Only for a qualification that can be added now; one that has a live submission keeps it.
INSERT INTO submission (
    seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
    as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours
)
SELECT $1, qualification.graduate_id, qualification.course_key, $4, 'waiting', $5, $6, $7, graduate.email, $8, $9, $10, $11, $12, $13
FROM qualification
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = qualification.graduate_id
WHERE qualification.graduate_id = $2 AND qualification.course_key = $3 AND qualification.withdrawn_at IS NULL
ON CONFLICT DO NOTHING
