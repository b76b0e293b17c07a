-- A new qualification joins the invitation that is still to be mailed, else it gets a new one.
-- The plus keeps SQLite off the index over states, which would walk through all waiting messages for each graduate.
INSERT INTO invitation (graduate_id, state, created_at)
SELECT graduate.id, 'open', $3
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  AND qualification.graduate_id IS NULL
  AND NOT EXISTS (
    SELECT 1
    FROM invitation
    JOIN message ON message.invitation_id = invitation.id
    WHERE invitation.graduate_id = graduate.id AND invitation.state = 'open'
      AND message.kind <> 'reminder' AND coalesce(message.state, '') IN ('waiting', 'deferred')
  )
GROUP BY graduate.id
ORDER BY graduate.id
