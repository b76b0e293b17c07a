-- PostgreSQL. Whether our tables are among those that are there.
SELECT to_regclass('_sqlx_migrations') IS NOT NULL AS "has_ours!"
