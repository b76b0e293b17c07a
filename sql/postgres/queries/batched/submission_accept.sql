-- PostgreSQL.
-- SEEK Pass has it. One that was given up while its call was under way (revoked, a new address) stays so, and its link
-- is given to nobody; but from here on SEEK Pass is asked how it ended.
UPDATE submission
SET state = CASE state WHEN 'waiting' THEN 'incomplete' ELSE state END,
    link = CASE state WHEN 'waiting' THEN answer ->> 'link' END,
    trouble = CASE state WHEN 'waiting' THEN NULL ELSE trouble END,
    accepted_at = CAST(answer ->> 'at' AS BIGINT), sent_at = coalesce(sent_at, CAST(answer ->> 'sent_at' AS BIGINT)),
    attempts = attempts + 1
FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON) -> 'answers') AS answer
WHERE submission.id = CAST(answer ->> 'id' AS BIGINT) AND submission.accepted_at IS NULL
