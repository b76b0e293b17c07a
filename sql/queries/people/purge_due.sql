-- Graduates of whom nothing is under way and nothing has happened after $1, from $2 on: their mail is at its end, their
-- submissions as well, and their invitations were verified, withdrawn or revoked, or all their codes have expired.
SELECT graduate.id, graduate.student_id
FROM graduate
WHERE graduate.id > $2
  AND EXISTS (SELECT 1 FROM invitation WHERE invitation.graduate_id = graduate.id)
  AND NOT EXISTS (
    SELECT 1 FROM invitation
    WHERE invitation.graduate_id = graduate.id
      AND (
        invitation.created_at > $1 OR invitation.opened_at > $1
        -- still to be mailed
        OR (
            invitation.state = 'open'
            AND NOT EXISTS (SELECT 1 FROM message WHERE message.invitation_id = invitation.id)
        )
      )
  )
  AND NOT EXISTS (
    SELECT 1 FROM invitation
    JOIN message ON message.invitation_id = invitation.id
    LEFT JOIN attempt ON attempt.message_id = message.id
    LEFT JOIN bounce ON bounce.message_id = message.id
    WHERE invitation.graduate_id = graduate.id
      AND (
        message.state IN ('waiting', 'sending', 'deferred') OR message.sent_at > $1
        OR attempt.started_at > $1 OR attempt.ended_at > $1 OR bounce.at > $1
      )
  )
  AND NOT EXISTS (
    SELECT 1 FROM invitation
    JOIN code ON code.invitation_id = invitation.id
    WHERE invitation.graduate_id = graduate.id
      AND (
        code.made_at > $1 OR code.retired_at > $1
        OR (invitation.state = 'open' AND code.retired_at IS NULL AND code.expires_at > $1)
      )
  )
  AND NOT EXISTS (
    SELECT 1 FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at > $1
  )
  AND NOT EXISTS (
    SELECT 1 FROM submission
    WHERE submission.graduate_id = graduate.id
      AND (
        submission.state IN ('waiting', 'incomplete') OR submission.asked_at > $1
        OR submission.ended_at > $1 OR submission.told_at > $1
      )
  )
ORDER BY graduate.id
LIMIT CAST($3 AS BIGINT)
