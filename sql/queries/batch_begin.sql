INSERT INTO batch (roster, sha256, started_at, row_count, rejected) VALUES ($1, $2, $3, $4, $5)
