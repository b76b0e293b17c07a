-- Of the graduate's invitations that are open again: only the code of the new email adds what is in it.
UPDATE code
SET retired_at = $2
WHERE retired_at IS NULL
  AND invitation_id IN (
    SELECT invitation.id FROM graduate
    JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
    WHERE graduate.student_id = $1
  )
