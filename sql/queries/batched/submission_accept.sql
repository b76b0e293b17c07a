-- SEEK Pass has it. One that was given up while its call was under way (revoked, a new address) stays so, and its link
-- is given to nobody; but from here on SEEK Pass is asked how it ended.
UPDATE submission
SET state = CASE state WHEN 'waiting' THEN 'incomplete' ELSE state END,
    link = CASE state WHEN 'waiting' THEN answer.value ->> 'link' END,
    trouble = CASE state WHEN 'waiting' THEN NULL ELSE trouble END,
    accepted_at = answer.value ->> 'at', sent_at = coalesce(sent_at, answer.value ->> 'sent_at'),
    attempts = attempts + 1
FROM json_each($1, '$.answers') AS answer
WHERE submission.id = answer.value ->> 'id' AND submission.accepted_at IS NULL
