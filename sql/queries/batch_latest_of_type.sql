-- The latest import of a roster of the type $1.
SELECT id, sha256, finished_at, row_count, rejected, unread, plan
FROM batch
WHERE credential_type IS $1
ORDER BY id DESC
LIMIT 1
