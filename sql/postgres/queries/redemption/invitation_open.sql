-- PostgreSQL.
-- The first use of a code on the page; $1 has them as pairs of invitation and time.
UPDATE invitation SET opened_at = CAST(use ->> 1 AS BIGINT)
FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON) -> 'opened') AS use
WHERE invitation.id = CAST(use ->> 0 AS BIGINT) AND invitation.opened_at IS NULL
