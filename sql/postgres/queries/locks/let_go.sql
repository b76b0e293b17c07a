-- PostgreSQL. It holds the lock $1 no longer alone.
SELECT pg_advisory_unlock(1735549284, $1) AS "was_held!"
