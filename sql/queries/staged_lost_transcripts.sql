-- Some students of the roster whose award has a transcript in the ledger and none in the roster, and how many such awards there are.
SELECT DISTINCT graduate.student_id AS "student_id!", count(*) OVER () AS "awards!: i64"
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN staged_pair ON staged_pair.graduate_id = graduate.id AND staged_pair.new_key = staged_row.course_key
JOIN qualification
    ON qualification.graduate_id = graduate.id
    AND qualification.course_key = coalesce(staged_pair.old_key, staged_row.course_key)
    AND qualification.withdrawn_at IS NULL
WHERE qualification.details ->> '$.transcript' IS NOT NULL AND staged_row.details ->> '$.transcript' IS NULL
ORDER BY graduate.student_id
LIMIT 5
