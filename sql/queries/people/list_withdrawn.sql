-- Whose invitation tells of nothing that the roster still lists, whether it was withdrawn or all of it had been verified.
SELECT graduate.student_id AS "student_id!", max(qualification.withdrawn_at) AS "since!: Moment"
FROM qualification
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state IN ('withdrawn', 'verified')
JOIN graduate ON graduate.id = qualification.graduate_id
WHERE qualification.withdrawn_at IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM qualification AS other
    WHERE other.graduate_id = qualification.graduate_id AND other.invitation_id = qualification.invitation_id
      AND other.withdrawn_at IS NULL
  )
GROUP BY graduate.student_id
ORDER BY graduate.student_id
