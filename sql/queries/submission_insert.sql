-- Only for a qualification that can be added now; one that has a live submission keeps it. Numbered in the order of $1.
INSERT INTO submission (
    seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
    as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours
)
SELECT
    wish.value ->> 'seek_pass_id', qualification.graduate_id, qualification.course_key,
    unhex(wish.value ->> 'digest'), 'waiting', wish.value ->> 'asked_at', wish.value ->> 'due_at',
    wish.value ->> '$.told.full_name', graduate.email, wish.value ->> '$.told.course_code',
    wish.value ->> '$.told.course_name', wish.value ->> '$.told.conferral_year', wish.value ->> '$.told.is_awaited', wish.value ->> '$.told.majors',
    wish.value ->> '$.told.honours'
FROM json_each($1, '$.wishes') AS wish
JOIN qualification
    ON qualification.graduate_id = wish.value ->> 'graduate_id'
    AND qualification.course_key = wish.value ->> 'course_key' AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = qualification.graduate_id
ORDER BY wish.key
ON CONFLICT DO NOTHING
