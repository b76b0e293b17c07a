-- The latest import of a roster of the type $1.
SELECT id, sha256, finished_at IS NOT NULL AS "is_finished: bool", row_count AS rows, rejected, unread, plan
FROM batch
WHERE credential_type IS NOT DISTINCT FROM $1
ORDER BY id DESC
LIMIT 1
