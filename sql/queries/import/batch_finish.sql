UPDATE batch
SET finished_at = $2, new = $3, unchanged = $4, changed = $5, withdrawn = $6
WHERE id = $1 AND finished_at IS NULL
