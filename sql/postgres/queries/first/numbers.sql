-- The next of each gets a number that none has.
SELECT count(setval(pg_get_serial_sequence(numbered.name, 'id'), last.record)) AS "set!"
FROM (SELECT max(record) AS record FROM staged_first) AS last
CROSS JOIN (VALUES ('graduate'), ('invitation')) AS numbered (name)
WHERE last.record IS NOT NULL
