-- As submission_retry, of one student.
UPDATE submission
SET state = 'waiting', due_at = $2, ended_at = NULL
WHERE state = 'rejected' AND graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
  AND id = (
    SELECT max(latest.id) FROM submission AS latest
    WHERE latest.graduate_id = submission.graduate_id AND latest.course_key = submission.course_key
  )
