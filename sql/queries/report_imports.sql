SELECT id, started_at, row_count AS rows, new, changed, withdrawn, rejected FROM batch ORDER BY id
