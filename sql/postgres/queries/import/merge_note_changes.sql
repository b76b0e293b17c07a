-- PostgreSQL.
-- Which fields the roster changes, for the help desk; before they are written over.
INSERT INTO change (graduate_id, course_key, at, what)
SELECT graduate_id, course_key, $3, what
FROM (
    SELECT DISTINCT
        graduate.id AS graduate_id, CAST(NULL AS TEXT) AS course_key,
        concat_ws(
            ', ',
            CASE WHEN graduate.full_name <> staged_row.full_name THEN 'name' END,
            CASE WHEN graduate.email <> staged_row.email THEN 'address' END,
            CASE WHEN graduate.date_of_birth IS DISTINCT FROM staged_row.date_of_birth THEN 'date of birth' END,
            CASE WHEN graduate.language IS DISTINCT FROM staged_row.language THEN 'language' END
        ) AS what
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
    UNION ALL
    SELECT
        graduate.id, qualification.course_key,
        concat_ws(
            ', ',
            CASE WHEN qualification.withdrawn_at IS NOT NULL THEN 'listed again' END,
            CASE WHEN qualification.course_code IS DISTINCT FROM staged_row.course_code THEN 'course code' END,
            CASE WHEN qualification.course_name <> staged_row.course_name THEN 'course name' END,
            CASE
                WHEN qualification.conferral_year IS DISTINCT FROM staged_row.conferral_year
                OR qualification.conferral_date IS DISTINCT FROM staged_row.conferral_date
                OR qualification.awaiting_graduation <> staged_row.awaiting_graduation
                THEN 'conferral'
            END,
            CASE WHEN qualification.majors <> staged_row.majors THEN 'majors' END,
            CASE WHEN qualification.honours IS DISTINCT FROM staged_row.honours THEN 'honours' END,
            -- of other types
            CASE
                WHEN CAST(qualification.details AS JSONB) ->> 'full_name' <> CAST(staged_row.details AS JSONB) ->> 'full_name'
                THEN 'name on the credential'
            END,
            CASE
                WHEN nullif(CAST(qualification.details AS JSONB) - '{full_name,document,transcript}'::TEXT[], '{}')
                    IS DISTINCT FROM nullif(CAST(staged_row.details AS JSONB) - '{full_name,document,transcript}'::TEXT[], '{}')
                THEN CASE WHEN qualification.credential_type = 'english' THEN 'test result' ELSE 'course' END
            END,
            CASE
                WHEN CAST(qualification.details AS JSONB) -> 'document'
                    IS DISTINCT FROM CAST(staged_row.details AS JSONB) -> 'document'
                THEN 'document'
            END,
            CASE
                WHEN CAST(qualification.details AS JSONB) -> 'transcript'
                    IS DISTINCT FROM CAST(staged_row.details AS JSONB) -> 'transcript'
                THEN 'transcript'
            END
        )
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    JOIN qualification
        ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
) AS changes
WHERE what <> ''
