-- The types of credentials that the ledger holds; NULL is education.
SELECT DISTINCT credential_type FROM qualification WHERE credential_type IS NOT NULL
UNION ALL
SELECT NULL WHERE EXISTS (SELECT 1 FROM qualification WHERE credential_type IS NULL)
