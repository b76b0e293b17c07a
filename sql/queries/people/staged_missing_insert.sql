-- $1 is a JSON list of pairs.
INSERT INTO staged_missing (graduate_id, fingerprint) SELECT value ->> 0, value ->> 1 FROM json_each($1)
