-- New students with the address and the name of somebody of whom the roster lists nothing any more.
SELECT DISTINCT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", graduate.student_id AS "known!: String"
FROM staged_lost
JOIN graduate ON graduate.id = staged_lost.graduate_id
CROSS JOIN staged_row
WHERE lower(staged_row.email) = lower(graduate.email) AND staged_row.full_name = graduate.full_name
  AND staged_row.student_id <> graduate.student_id
  AND NOT EXISTS (SELECT 1 FROM graduate AS itself WHERE itself.student_id = staged_row.student_id)
  AND NOT EXISTS (SELECT 1 FROM staged_row AS own WHERE own.student_id = graduate.student_id)
