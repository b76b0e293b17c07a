-- Who used a code on the page and has asked for nothing yet.
SELECT graduate.student_id AS "student_id!", max(invitation.opened_at) AS "since!: Moment"
FROM invitation
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE invitation.state = 'open' AND invitation.opened_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM submission WHERE submission.graduate_id = graduate.id)
GROUP BY graduate.student_id
ORDER BY graduate.student_id
