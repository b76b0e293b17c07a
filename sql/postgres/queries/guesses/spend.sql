-- PostgreSQL. The budgets $1 are full again at $2.
INSERT INTO guess (name, full_at)
SELECT spent.name, spent.full_at FROM unnest($1::TEXT[], $2::BIGINT[]) AS spent (name, full_at)
ON CONFLICT (name) DO UPDATE SET full_at = excluded.full_at
