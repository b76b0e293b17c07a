-- Submissions whose end SEEK Pass has not told, those that we gave up ourselves too: a graduate may have finished one
-- of them all the same. $1 is where the last page ended.
SELECT id, seek_pass_id, sent_at AS "sent_at!: MaybeMoment"
FROM submission
WHERE accepted_at IS NOT NULL AND told_at IS NULL AND id > $1
ORDER BY id
LIMIT CAST($2 AS BIGINT)
