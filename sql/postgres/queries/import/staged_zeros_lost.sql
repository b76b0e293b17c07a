-- PostgreSQL.
-- New students whose id is that of a known student but for its leading zeros, or of one whose row was rejected but for those
-- that it lost; $1 is a JSON list of the lengths that ids of
-- the ledger have, so that an id of the usual length costs nothing.
SELECT DISTINCT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM staged_row
JOIN (SELECT CAST(json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS INTEGER)) AS length (value) ON length.value <> length(staged_row.student_id)
JOIN graduate
    ON graduate.student_id
        = substr('0000000000000000000000000000000000000000000000000000000000000000',
            1, length.value - length(ltrim(staged_row.student_id, '0'))) || ltrim(staged_row.student_id, '0')
WHERE length.value >= length(ltrim(staged_row.student_id, '0')) AND ltrim(staged_row.student_id, '0') <> ''
  AND NOT EXISTS (SELECT 1 FROM graduate AS itself WHERE itself.student_id = staged_row.student_id)
UNION
SELECT staged_row.record, staged_row.line, staged_row.student_id, rejected_row.student_id
FROM staged_row
JOIN (SELECT CAST(json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS INTEGER)) AS length (value) ON length.value > length(staged_row.student_id)
JOIN rejected_row
    ON rejected_row.student_id
        = substr('0000000000000000000000000000000000000000000000000000000000000000',
            1, length.value - length(ltrim(staged_row.student_id, '0'))) || ltrim(staged_row.student_id, '0')
WHERE ltrim(staged_row.student_id, '0') <> ''
  AND NOT EXISTS (SELECT 1 FROM graduate AS itself WHERE itself.student_id = staged_row.student_id)
