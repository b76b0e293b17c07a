-- Superseded since it was conferred, which the roster takes back on the day $1: SEEK Pass has it as it is. Not where the
-- graduate has added it anew meanwhile.
SELECT submission.id, submission.graduate_id, submission.course_key, graduate.student_id,
    coalesce((
        SELECT max(at) FROM submission_past
        WHERE submission_past.submission_id = submission.id AND submission_past.state = 'verified'
    ), submission.ended_at, submission.asked_at) AS "verified_at!: Moment"
FROM submission
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    AND qualification.withdrawn_at IS NULL
JOIN graduate ON graduate.id = submission.graduate_id
WHERE submission.state = 'superseded' AND submission.by_itself = 1
  AND CASE WHEN conferral_date IS NULL THEN awaiting_graduation = 1 ELSE conferral_date > $1 END
  AND NOT EXISTS (
    SELECT 1 FROM submission AS other
    WHERE other.graduate_id = submission.graduate_id AND other.course_key = submission.course_key
      AND other.id > submission.id AND other.state IN ('waiting', 'incomplete', 'verified', 'superseded', 'misdirected')
  )
ORDER BY submission.id
