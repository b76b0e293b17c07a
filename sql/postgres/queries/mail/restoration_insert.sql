-- PostgreSQL.
-- From here on tags are made with the number $1.
INSERT INTO restoration (number, last_message)
SELECT $1, CASE WHEN is_called THEN last_value ELSE 0 END FROM message_id_seq
ON CONFLICT DO NOTHING
