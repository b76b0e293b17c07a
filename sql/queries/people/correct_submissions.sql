-- As merge_end_submissions.
UPDATE submission
SET state = 'canceled', ended_at = $2, link = NULL, trouble = 'the address was changed'
WHERE state IN ('waiting', 'incomplete') AND graduate_id = $1
