-- Who has a qualification in SEEK Pass, as it is now or as it was before, since when, and which.
SELECT student_id AS "student_id!: String", max(at) AS "since!: Moment", group_concat(course_name, '; ') AS "reason!: String"
FROM (
    SELECT graduate.student_id, qualification.course_name,
        max(coalesce(
            iif(
                submission.state = 'verified', submission.ended_at,
                (
                    SELECT max(at) FROM submission_past
                    WHERE submission_past.submission_id = submission.id AND submission_past.state = 'verified'
                )
            ),
            submission.told_at, 0
        )) AS at
    FROM submission
    JOIN graduate ON graduate.id = submission.graduate_id
    JOIN qualification
        ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    WHERE submission.state IN ('verified', 'superseded')
    GROUP BY submission.graduate_id, submission.course_key
)
GROUP BY student_id
ORDER BY student_id
