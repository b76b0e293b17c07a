SELECT count(*) AS "tables!: i64" FROM sqlite_schema
WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')
