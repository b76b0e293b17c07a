-- PostgreSQL.
-- What the ledger holds of the next graduates in the type $3, by the hash of what the roster said of each award: two lists in the same
-- order. Pages are made of whole graduates.
SELECT
    coalesce(json_agg(graduate_id), '[]')::TEXT AS "graduates!: String",
    coalesce(json_agg(fingerprint), '[]')::TEXT AS "fingerprints!: String"
FROM qualification
WHERE withdrawn_at IS NULL AND graduate_id > $1 AND graduate_id <= $2 AND credential_type IS NOT DISTINCT FROM $3
