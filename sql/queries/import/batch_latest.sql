SELECT id, sha256, finished_at IS NOT NULL AS "is_finished: bool", row_count AS rows, rejected, unread, plan
FROM batch
ORDER BY id DESC
LIMIT 1
