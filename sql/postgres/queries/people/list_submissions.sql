-- PostgreSQL.
-- Who has a submission in the state $1: the latest of its qualification, unless the state says that another came after it.
SELECT DISTINCT ON (graduate.student_id)
    graduate.student_id AS "student_id!",
    coalesce(submission.ended_at, submission.accepted_at, submission.asked_at) AS "since!: Moment",
    coalesce(submission.trouble, '') AS "reason!: String"
FROM submission
JOIN graduate ON graduate.id = submission.graduate_id
WHERE submission.state = $1
  AND (
    $1 IN ('superseded', 'replaced', 'misdirected')
    OR submission.id = (
        SELECT max(latest.id) FROM submission AS latest
        WHERE latest.graduate_id = submission.graduate_id AND latest.course_key = submission.course_key
    )
  )
ORDER BY graduate.student_id, coalesce(submission.ended_at, submission.accepted_at, submission.asked_at) DESC, submission.id
