-- PostgreSQL.
-- Who has a qualification in SEEK Pass, as it is now or as it was before, since when, and which.
SELECT student_id AS "student_id!: String", max(at) AS "since!: Moment",
    string_agg(course_name, '; ' ORDER BY course_key) AS "reason!: String"
FROM (
    SELECT graduate.student_id, submission.course_key, min(qualification.course_name) AS course_name,
        max(coalesce(
            CASE
                WHEN submission.state = 'verified' THEN submission.ended_at
                ELSE (
                    SELECT max(at) FROM submission_past
                    WHERE submission_past.submission_id = submission.id AND submission_past.state = 'verified'
                )
            END,
            submission.told_at, 0
        )) AS at
    FROM submission
    JOIN graduate ON graduate.id = submission.graduate_id
    JOIN qualification
        ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    WHERE submission.state IN ('verified', 'superseded')
    GROUP BY graduate.student_id, submission.course_key
) AS added
GROUP BY student_id
ORDER BY student_id
