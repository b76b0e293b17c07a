-- PostgreSQL. Whether this connection holds the lock $1 of this ledger from now on, and alone, until it ends: 1 a run, 2 a service.
SELECT pg_try_advisory_lock(1735549284, $1) AS "is_taken!"
