-- Rejected, and the graduate has not asked anew meanwhile.
SELECT count(*) AS "rejected!: i64" FROM submission
WHERE state = 'rejected'
  AND id = (
    SELECT max(latest.id) FROM submission AS latest
    WHERE latest.graduate_id = submission.graduate_id AND latest.course_key = submission.course_key
  )
