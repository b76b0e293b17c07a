-- PostgreSQL. When those of the budgets $1 are full again from which something was spent; in milliseconds.
SELECT name, full_at FROM guess WHERE name = ANY ($1)
