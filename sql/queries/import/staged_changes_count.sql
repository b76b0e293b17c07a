-- What the roster would change of graduates whom the ledger knows; compared before anything is written.
SELECT
    count(DISTINCT CASE WHEN lower(staged_row.email) <> lower(graduate.email) THEN graduate.id END) AS "addresses!: i64",
    count(DISTINCT CASE WHEN staged_row.full_name <> graduate.full_name THEN graduate.id END) AS "names!: i64",
    count(
        CASE
            WHEN qualification.graduate_id IS NOT NULL
            AND (
                qualification.course_name <> staged_row.course_name
                OR (qualification.conferral_year <> staged_row.conferral_year)
                OR qualification.majors <> staged_row.majors
                OR qualification.honours IS DISTINCT FROM staged_row.honours
                OR qualification.details IS DISTINCT FROM staged_row.details
            )
            THEN 1
        END
    ) AS "awards!: i64"
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN staged_pair ON staged_pair.graduate_id = graduate.id AND staged_pair.new_key = staged_row.course_key
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id
    AND qualification.course_key = coalesce(staged_pair.old_key, staged_row.course_key)
    AND qualification.withdrawn_at IS NULL
