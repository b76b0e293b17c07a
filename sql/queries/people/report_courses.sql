-- How many qualifications of each course came how far, by its code, else its name; numbers as in `report_domains`.
SELECT
    course_key AS "key!: String", min(course_name) AS "name!: String", CAST(reach AS BIGINT) AS "reach!: i64", count(*) AS "number!: i64"
FROM (
    SELECT
        -- other types are known by their names, whatever their days
        CASE
            WHEN credential_type IS NULL
            THEN course_key
            ELSE '@' || credential_type || '|' || lower(course_name)
        END AS course_key,
        CASE credential_type
            WHEN 'english' THEN course_name || ' (English test)'
            WHEN 'microcredential' THEN course_name || ' (course)'
            ELSE course_name
        END AS course_name,
        CASE
            WHEN EXISTS (
                SELECT 1 FROM submission
                WHERE submission.graduate_id = qualification.graduate_id
                  AND submission.course_key = qualification.course_key AND submission.state IN ('verified', 'superseded')
            ) THEN 4
            WHEN EXISTS (
                SELECT 1 FROM submission
                WHERE submission.graduate_id = qualification.graduate_id
                  AND submission.course_key = qualification.course_key
            ) THEN 3
            WHEN (SELECT opened_at FROM invitation WHERE invitation.id = qualification.invitation_id) IS NOT NULL THEN 2
            WHEN EXISTS (
                SELECT 1 FROM message
                WHERE message.invitation_id = qualification.invitation_id AND coalesce(message.state, '') IN ('sent', 'bounced')
            ) THEN 1
            ELSE 0
        END AS reach
    FROM qualification
) AS reached
GROUP BY course_key, reach
