-- PostgreSQL. Its version, how it keeps text, and whether it takes nothing but what a primary sends it.
SELECT
    current_setting('server_version_num')::BIGINT / 10000 AS "version!",
    current_setting('server_encoding') AS "encoding!",
    pg_is_in_recovery() AS "is_standby!"
