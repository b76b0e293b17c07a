-- SEEK Pass has it. One that was given up while its call was under way (revoked, a new address) stays so, and its link
-- is given to nobody; but from here on SEEK Pass is asked how it ended.
UPDATE submission
SET state = CASE state WHEN 'waiting' THEN 'incomplete' ELSE state END,
    link = CASE state WHEN 'waiting' THEN $2 END,
    trouble = CASE state WHEN 'waiting' THEN NULL ELSE trouble END,
    accepted_at = $4, sent_at = coalesce(sent_at, $3),
    attempts = attempts + 1
WHERE id = $1 AND accepted_at IS NULL
