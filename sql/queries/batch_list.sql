SELECT id, roster, started_at, finished_at, row_count, new, unchanged, changed, withdrawn, rejected, decoding
FROM batch
ORDER BY id
