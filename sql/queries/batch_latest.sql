SELECT id, sha256, finished_at, row_count, rejected, unread, plan FROM batch ORDER BY id DESC LIMIT 1
