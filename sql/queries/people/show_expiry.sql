-- When the last code of a student's open invitations stops working, or did.
SELECT max(code.expires_at) AS "expires_at?: Moment"
FROM graduate
JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
JOIN code ON code.invitation_id = invitation.id AND code.retired_at IS NULL
WHERE graduate.student_id = $1
