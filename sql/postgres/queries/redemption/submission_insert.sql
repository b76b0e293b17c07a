-- PostgreSQL.
-- Only for a qualification that can be added now; one that has a live submission keeps it. Numbered in the order of $1.
INSERT INTO submission (
    seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
    as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours, as_details
)
SELECT
    asked ->> 'seek_pass_id', qualification.graduate_id, qualification.course_key,
    decode(asked ->> 'digest', 'hex'), 'waiting', CAST(asked ->> 'asked_at' AS BIGINT), CAST(asked ->> 'due_at' AS BIGINT),
    asked #>> '{told,full_name}', graduate.email, asked #>> '{told,course_code}',
    asked #>> '{told,course_name}', CAST(asked #>> '{told,conferral_year}' AS BIGINT),
    CASE asked #>> '{told,is_awaited}' WHEN 'true' THEN 1 WHEN '1' THEN 1 ELSE 0 END, asked #>> '{told,majors}',
    asked #>> '{told,honours}', asked #>> '{told,details}'
FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON) -> 'new_submissions') WITH ORDINALITY AS new (asked, place)
JOIN qualification
    ON qualification.graduate_id = CAST(asked ->> 'graduate_id' AS BIGINT)
    AND qualification.course_key = asked ->> 'course_key' AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = qualification.graduate_id
ORDER BY place
ON CONFLICT DO NOTHING
