-- PostgreSQL. Whether this server takes nothing but what a primary sends it, and whether this user may write.
SELECT
    pg_is_in_recovery() AS "is_standby!",
    coalesce((
        SELECT bool_and(has_table_privilege(table_name, 'INSERT, UPDATE, DELETE'))
        FROM information_schema.tables
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
    ), TRUE) AS "may_write!"
