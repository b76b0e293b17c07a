-- The word that SEEK Pass says of it and nobody knows, or NULL for one that is known: it stays as it is.
UPDATE submission
SET unknown_status = $2
WHERE id = $1 AND unknown_status IS DISTINCT FROM $2
