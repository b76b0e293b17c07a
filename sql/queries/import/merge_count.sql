-- Of the staged rows of a chunk of students: how many are of graduates whom the ledger knows, how many it holds already,
-- and how many of those differ.
SELECT
    count(*) AS "rows!: i64",
    count(graduate.id) AS "known!: i64",
    count(qualification.graduate_id) AS "held!: i64",
    count(*) FILTER (
        WHERE qualification.graduate_id IS NOT NULL
        AND (
            qualification.withdrawn_at IS NOT NULL
            OR qualification.course_code IS DISTINCT FROM staged_row.course_code
            OR qualification.course_name <> staged_row.course_name
            OR qualification.conferral_year IS DISTINCT FROM staged_row.conferral_year
            OR qualification.conferral_date IS DISTINCT FROM staged_row.conferral_date
            OR qualification.awaiting_graduation <> staged_row.awaiting_graduation
            OR qualification.majors <> staged_row.majors
            OR qualification.honours IS DISTINCT FROM staged_row.honours
            OR qualification.details IS DISTINCT FROM staged_row.details
            OR graduate.email <> staged_row.email
            OR graduate.full_name <> staged_row.full_name
            OR graduate.date_of_birth IS DISTINCT FROM staged_row.date_of_birth
            OR graduate.language IS DISTINCT FROM staged_row.language
            OR graduate.priority IS DISTINCT FROM staged_row.priority
        )
    ) AS "changed!: i64"
FROM staged_row
LEFT JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
