-- PostgreSQL. What is full again at $1 needs no row.
DELETE FROM guess WHERE full_at <= $1
