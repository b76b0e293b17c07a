-- The first key is remembered.
INSERT INTO code_key (fingerprint) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM code_key)
