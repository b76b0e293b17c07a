-- They do not come back to life when the invitation is issued again.
UPDATE code
SET retired_at = $2
WHERE retired_at IS NULL
  AND invitation_id IN (
    SELECT invitation.id FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'revoked'
    WHERE graduate.student_id = $1
  )
