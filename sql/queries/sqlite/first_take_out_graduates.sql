-- $1 is a JSON list of records.
DELETE FROM graduate WHERE id IN (SELECT value FROM json_each($1))
