SELECT id, started_at AS "started_at: Moment", row_count AS rows, new, changed, withdrawn, rejected FROM batch ORDER BY id
