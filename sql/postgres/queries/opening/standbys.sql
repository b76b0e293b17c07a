-- PostgreSQL. Whether commits wait for standbys, and how many follow now. Who may not look at statistics still sees that a standby
-- is there, but not whether commits wait for it.
SELECT
    current_setting('synchronous_standby_names') <> '' AS "are_named!",
    count(*) AS "standbys!",
    count(*) FILTER (WHERE sync_state IN ('sync', 'quorum')) AS "synchronous!",
    count(*) FILTER (WHERE sync_state IS NULL) AS "unknown!"
FROM pg_stat_replication
