INSERT INTO batch (roster, sha256, started_at, row_count, rejected, decoding, unread, plan, credential_type)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
RETURNING id AS "id!: i64"
