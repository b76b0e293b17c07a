INSERT INTO audit (at, operator, act, why, what) VALUES ($1, $2, $3, $4, $5)
RETURNING id AS "id!: i64"
