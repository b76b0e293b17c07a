-- PostgreSQL. How many tables and views there are where ours would be.
SELECT count(*) AS "tables!"
FROM information_schema.tables
WHERE table_schema = current_schema()
