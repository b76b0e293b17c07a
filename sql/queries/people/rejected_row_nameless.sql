-- Rejected rows that do not tell whose they are.
SELECT count(*) AS "rows!: i64"
FROM (SELECT DISTINCT batch_id, roster, line FROM rejected_row WHERE student_id IS NULL) AS nameless
