-- A corrected name stands on credentials of other types, too.
UPDATE qualification
SET details = json_set(details, '$.full_name', $2)
WHERE graduate_id = $1 AND credential_type IS NOT NULL AND $2 IS NOT NULL
