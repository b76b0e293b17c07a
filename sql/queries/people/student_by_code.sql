-- Whose the code is, or was.
SELECT graduate.student_id
FROM code
JOIN invitation ON invitation.id = code.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id
WHERE code.hash = $1
