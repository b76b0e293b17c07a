-- Verified as awaiting graduation, and conferred on the day $1; $2 is where the last page ended. Not where the invitation
-- was revoked, or the roster no longer lists it.
SELECT submission.id, submission.graduate_id, submission.course_key, graduate.student_id
FROM submission
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state IN ('open', 'verified')
JOIN graduate ON graduate.id = submission.graduate_id
WHERE submission.state = 'verified' AND as_awaiting = 1 AND submission.id > $2
  -- SEEK Pass takes a conferred award only with its year, which has come
  AND conferral_year <= CAST(substr($1, 1, 4) AS INTEGER)
  AND CASE WHEN conferral_date IS NULL THEN awaiting_graduation = 0 ELSE conferral_date <= $1 END
ORDER BY submission.id
LIMIT 200
