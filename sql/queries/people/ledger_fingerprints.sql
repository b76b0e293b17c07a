-- What the ledger holds of the next graduates in the type $3, by the hash of what the roster said of each award: two lists in the same
-- order. Pages are made of whole graduates.
SELECT
    json_group_array(graduate_id) AS "graduates!: String",
    json_group_array(fingerprint) AS "fingerprints!: String"
FROM qualification
WHERE withdrawn_at IS NULL AND graduate_id > $1 AND graduate_id <= $2 AND credential_type IS NOT DISTINCT FROM $3
