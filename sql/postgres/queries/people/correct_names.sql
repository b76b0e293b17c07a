-- PostgreSQL.
-- A corrected name stands on credentials of other types, too. What else their details say stays as it is written, to the letter:
-- an import compares them so.
UPDATE qualification
SET details = (
    SELECT '{' || string_agg(
        to_json(key)::TEXT || ':' || CASE key WHEN 'full_name' THEN to_json(CAST($2 AS TEXT))::TEXT ELSE value::TEXT END,
        ',' ORDER BY place
    ) || '}'
    FROM json_each(CAST(details AS JSON)) WITH ORDINALITY AS member (key, value, place)
)
WHERE graduate_id = $1 AND credential_type IS NOT NULL AND CAST($2 AS TEXT) IS NOT NULL
