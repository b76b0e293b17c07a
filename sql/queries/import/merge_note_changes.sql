-- Which fields the roster changes, for the help desk; before they are written over.
INSERT INTO change (graduate_id, course_key, at, what)
SELECT graduate_id, course_key, $3, what
FROM (
    SELECT DISTINCT
        graduate.id AS graduate_id, NULL AS course_key,
        concat_ws(
            ', ',
            iif(graduate.full_name <> staged_row.full_name, 'name', NULL),
            iif(graduate.email <> staged_row.email, 'address', NULL),
            iif(graduate.date_of_birth IS DISTINCT FROM staged_row.date_of_birth, 'date of birth', NULL),
            iif(graduate.language IS DISTINCT FROM staged_row.language, 'language', NULL)
        ) AS what
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
    UNION ALL
    SELECT
        graduate.id, qualification.course_key,
        concat_ws(
            ', ',
            iif(qualification.withdrawn_at IS NOT NULL, 'listed again', NULL),
            iif(qualification.course_code IS DISTINCT FROM staged_row.course_code, 'course code', NULL),
            iif(qualification.course_name <> staged_row.course_name, 'course name', NULL),
            iif(
                qualification.conferral_year IS DISTINCT FROM staged_row.conferral_year
                OR qualification.conferral_date IS DISTINCT FROM staged_row.conferral_date
                OR qualification.awaiting_graduation <> staged_row.awaiting_graduation,
                'conferral',
                NULL
            ),
            iif(qualification.majors <> staged_row.majors, 'majors', NULL),
            iif(qualification.honours IS DISTINCT FROM staged_row.honours, 'honours', NULL),
            -- of other types
            iif(
                qualification.details ->> 'full_name' <> staged_row.details ->> 'full_name',
                'name on the credential',
                NULL
            ),
            iif(
                nullif(json_remove(qualification.details, '$.full_name', '$.document', '$.transcript'), '{}')
                IS DISTINCT FROM nullif(json_remove(staged_row.details, '$.full_name', '$.document', '$.transcript'), '{}'),
                iif(qualification.credential_type = 'english', 'test result', 'course'),
                NULL
            ),
            iif(
                qualification.details -> 'document' IS DISTINCT FROM staged_row.details -> 'document', 'document', NULL
            ),
            iif(
                qualification.details -> 'transcript' IS DISTINCT FROM staged_row.details -> 'transcript',
                'transcript',
                NULL
            )
        )
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    JOIN qualification
        ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
)
WHERE what <> ''
