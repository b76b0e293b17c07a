-- PostgreSQL.
-- $1 is a JSON list of pairs.
INSERT INTO staged_missing (graduate_id, fingerprint)
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT) FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON)) AS pair (value)
