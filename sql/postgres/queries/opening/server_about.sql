-- PostgreSQL. Its version, and how it keeps text.
SELECT
    current_setting('server_version_num')::BIGINT / 10000 AS "version!",
    current_setting('server_encoding') AS "encoding!"
