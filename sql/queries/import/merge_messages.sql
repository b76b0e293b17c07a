-- The rule for whom an import invites: an open invitation with no message under way and no code that works and may have
-- arrived. So it is new, or back in the roster, or its codes went to an address that is no longer the graduate's, or
-- into mails that the relay did not take.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at)
SELECT invitation.id, $3, 'invitation', 'waiting', $4
FROM (SELECT DISTINCT student_id FROM staged_row WHERE student_id > $1 AND student_id <= $2) AS staged
JOIN graduate ON graduate.student_id = staged.student_id
JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
WHERE NOT EXISTS (
    SELECT 1 FROM message
    WHERE message.invitation_id = invitation.id
      AND coalesce(message.state, '') IN ('waiting', 'sending', 'deferred', 'refused', 'in_doubt')
  )
  AND NOT EXISTS (
    SELECT 1 FROM code
    WHERE code.invitation_id = invitation.id AND code.retired_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM message
        JOIN attempt ON attempt.message_id = message.id
        WHERE message.invitation_id = code.invitation_id
          AND attempt.started_at = code.made_at AND attempt.outcome IN ('refused', 'try_later')
      )
  )
ORDER BY invitation.id
