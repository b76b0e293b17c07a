-- PostgreSQL.
-- Some students of the roster whose award has no transcript there, though the ledger holds one or a mistake of its subjects kept it
-- back, and how many such awards there are.
SELECT DISTINCT staged_row.student_id AS "student_id!", count(*) OVER () AS "awards!: i64"
FROM staged_row
LEFT JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN staged_pair ON staged_pair.graduate_id = graduate.id AND staged_pair.new_key = staged_row.course_key
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id
    AND qualification.course_key = coalesce(staged_pair.old_key, staged_row.course_key)
    AND qualification.withdrawn_at IS NULL
WHERE CAST(staged_row.details AS JSONB) ->> 'transcript' IS NULL
  AND (
    CAST(qualification.details AS JSONB) ->> 'transcript' IS NOT NULL
    OR EXISTS (
        SELECT 1 FROM rejected_row
        WHERE rejected_row.student_id = staged_row.student_id AND rejected_row.credential_type IS NULL
          AND rejected_row.course_key = staged_row.course_key AND rejected_row.problem LIKE 'transcript: %'
    )
  )
ORDER BY staged_row.student_id
LIMIT 5
