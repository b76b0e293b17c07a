-- PostgreSQL.
-- The highest number that a message ever had, purged or not.
SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS "id!: i64" FROM message_id_seq
