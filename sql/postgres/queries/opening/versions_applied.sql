-- PostgreSQL. The migrations that the tables have seen.
SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version
