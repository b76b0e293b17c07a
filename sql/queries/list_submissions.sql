-- Of whom the latest submission of a qualification is in the state $1.
SELECT graduate.student_id AS "student_id!", max(coalesce(submission.ended_at, submission.accepted_at, submission.asked_at)) AS "since!: i64",
    coalesce(submission.trouble, '') AS "reason!: String"
FROM submission
JOIN graduate ON graduate.id = submission.graduate_id
WHERE submission.state = $1
  AND submission.id = (
    SELECT max(latest.id) FROM submission AS latest
    WHERE latest.graduate_id = submission.graduate_id AND latest.course_key = submission.course_key
  )
GROUP BY graduate.student_id
ORDER BY graduate.student_id
