-- What the ledger holds of the next graduates, by the hash of what the roster said of each award. Pages are made of
-- whole graduates.
SELECT graduate_id, fingerprint
FROM qualification
WHERE withdrawn_at IS NULL AND graduate_id > $1 AND graduate_id <= $2
