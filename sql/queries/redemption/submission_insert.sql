-- Only for a qualification that can be added now; one that has a live submission keeps it. Numbered in the order of $1.
INSERT INTO submission (
    seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
    as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours, as_details
)
SELECT
    asked.value ->> 'seek_pass_id', qualification.graduate_id, qualification.course_key,
    unhex(asked.value ->> 'digest'), 'waiting', asked.value ->> 'asked_at', asked.value ->> 'due_at',
    asked.value ->> '$.told.full_name', graduate.email, asked.value ->> '$.told.course_code',
    asked.value ->> '$.told.course_name', asked.value ->> '$.told.conferral_year', asked.value ->> '$.told.is_awaited', asked.value ->> '$.told.majors',
    asked.value ->> '$.told.honours', asked.value ->> '$.told.details'
FROM json_each($1, '$.new_submissions') AS asked
JOIN qualification
    ON qualification.graduate_id = asked.value ->> 'graduate_id'
    AND qualification.course_key = asked.value ->> 'course_key' AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = qualification.graduate_id
ORDER BY asked.key
ON CONFLICT DO NOTHING
