-- Submissions whose end is not known; $1 is where the last page ended.
SELECT id, seek_pass_id, sent_at
FROM submission
WHERE state = 'incomplete' AND id > $1
ORDER BY id
LIMIT $2
