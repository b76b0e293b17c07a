-- PostgreSQL.
-- What SEEK Pass was told of a student, or somebody settled, and what the ledger holds now, of each submission that is not as
-- it was told.
SELECT submission.id AS "submission_id!",
    as_full_name, coalesce(CAST(details AS JSONB) ->> 'full_name', graduate.full_name) AS "full_name!: String", as_email, graduate.email, as_course_code, course_code, as_course_name,
    qualification.course_name, as_conferral_year, conferral_year, as_majors, majors, as_honours, honours,
    -- without the name, which has a line of its own, and what is not to be printed
    (
        SELECT '{' || string_agg(to_json(key)::TEXT || ':' || value::TEXT, ',' ORDER BY place) || '}'
        FROM json_each(CAST(as_details AS JSON)) WITH ORDINALITY AS member (key, value, place)
        WHERE key NOT IN ('full_name', 'document', 'transcript')
    ) AS "as_details?: String",
    (
        SELECT '{' || string_agg(to_json(key)::TEXT || ':' || value::TEXT, ',' ORDER BY place) || '}'
        FROM json_each(CAST(details AS JSON)) WITH ORDINALITY AS member (key, value, place)
        WHERE key NOT IN ('full_name', 'document', 'transcript')
    ) AS "details?: String",
    qualification.credential_type
FROM late_change
JOIN submission ON submission.id = late_change.submission_id
JOIN graduate ON graduate.id = submission.graduate_id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
WHERE late_change.graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
