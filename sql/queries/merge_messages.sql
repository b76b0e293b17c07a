-- The one rule for who is mailed: an open invitation with no message under way and no code that works. So it is
-- new, or back in the roster, or its codes went to an address that is no longer the graduate's.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $3, 'invitation', 'waiting', $4
FROM (SELECT DISTINCT student_id FROM staged_row WHERE student_id > $1 AND student_id <= $2) AS staged
JOIN graduate ON graduate.student_id = staged.student_id
JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
WHERE NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id
      AND message.state IN ('waiting', 'sending', 'deferred', 'refused', 'in_doubt')
  )
  AND NOT EXISTS (
    SELECT 1 FROM code WHERE code.invitation_id = invitation.id AND code.retired_at IS NULL
  )
ORDER BY invitation.id
