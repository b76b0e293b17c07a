-- Only for a qualification that can be added now; one that has a live submission keeps it. Numbered in the order of $1.
INSERT INTO submission (
    seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
    as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours
)
SELECT
    new.value ->> 'seek_pass_id', qualification.graduate_id, qualification.course_key,
    unhex(new.value ->> 'digest'), 'waiting', new.value ->> 'asked_at', new.value ->> 'due_at',
    new.value ->> '$.told.full_name', graduate.email, new.value ->> '$.told.course_code',
    new.value ->> '$.told.course_name', new.value ->> '$.told.conferral_year', new.value ->> '$.told.is_awaited', new.value ->> '$.told.majors',
    new.value ->> '$.told.honours'
FROM json_each($1, '$.new_submissions') AS new
JOIN qualification
    ON qualification.graduate_id = new.value ->> 'graduate_id'
    AND qualification.course_key = new.value ->> 'course_key' AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = qualification.graduate_id
ORDER BY new.key
ON CONFLICT DO NOTHING
