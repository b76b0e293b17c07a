-- What SEEK Pass rejected is tried again under its id, if the graduate has not asked anew meanwhile; $2 is the batch
-- whose invitations are meant, or NULL for all.
UPDATE submission
SET state = 'waiting', due_at = $1, ended_at = NULL
WHERE state = 'rejected'
  AND id = (
    SELECT max(latest.id) FROM submission AS latest
    WHERE latest.graduate_id = submission.graduate_id AND latest.course_key = submission.course_key
  )
  AND (CAST($2 AS BIGINT) IS NULL OR EXISTS (
    SELECT 1 FROM qualification
    JOIN message ON message.invitation_id = qualification.invitation_id AND message.batch_id = $2
    WHERE qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
  ))
RETURNING (SELECT graduate.student_id FROM graduate WHERE graduate.id = submission.graduate_id) AS "student_id!"
