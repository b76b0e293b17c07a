-- Back in the roster, and nobody knows whether the one mail to them arrived: a person has to say `retry`, as before they
-- were withdrawn.
UPDATE message
SET state = 'in_doubt'
WHERE id IN (
    SELECT max(message.id)
    FROM (SELECT DISTINCT student_id FROM staged_row WHERE student_id > $1 AND student_id <= $2) AS staged
    JOIN graduate ON graduate.student_id = staged.student_id
    JOIN invitation ON invitation.graduate_id = graduate.id AND invitation.state = 'open'
    JOIN message ON message.invitation_id = invitation.id
    GROUP BY invitation.id
    HAVING count(*) FILTER (WHERE message.state <> 'canceled') = 0
  )
  AND EXISTS (
    SELECT 1 FROM attempt
    JOIN code ON code.invitation_id = message.invitation_id AND code.made_at = attempt.started_at
    WHERE attempt.message_id = message.id AND attempt.outcome = 'unknown' AND code.retired_at IS NULL
  )
