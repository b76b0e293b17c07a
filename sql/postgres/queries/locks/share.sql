-- PostgreSQL. Whether this connection holds the lock $1 of this ledger with others from now on, until it ends; not while somebody holds it alone.
SELECT pg_try_advisory_lock_shared(1735549284, $1) AS "is_taken!"
