-- Who was mailed and has something to add that was never asked for.
SELECT graduate.student_id AS "student_id!", max(message.sent_at) AS "since!: Moment"
FROM message
JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open'
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE message.state = 'sent'
  AND EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
      AND qualification.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM submission
        WHERE submission.graduate_id = graduate.id AND submission.course_key = qualification.course_key
          AND submission.state NOT IN ('superseded', 'misdirected')
      )
  )
GROUP BY graduate.student_id
ORDER BY graduate.student_id
