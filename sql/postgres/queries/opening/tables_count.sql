-- PostgreSQL. How many tables and views there are where ours would be, and whether ours are among them.
SELECT count(*) AS "tables!", to_regclass('_sqlx_migrations') IS NOT NULL AS "has_ours!"
FROM information_schema.tables
WHERE table_schema = current_schema()
