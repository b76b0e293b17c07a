-- PostgreSQL. Who holds the lock $1 of this ledger, in its own words; no row where nobody does. A lock of a database on another is another one.
SELECT pg_stat_activity.application_name AS "holder!"
FROM pg_locks
JOIN pg_stat_activity USING (pid)
WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted AND pg_locks.objsubid = 2
  AND pg_locks.classid = 1735549284 AND pg_locks.objid = CAST(CAST($1 AS INTEGER) AS OID)
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
LIMIT 1
