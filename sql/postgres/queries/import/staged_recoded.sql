-- PostgreSQL.
-- New qualifications of students of whom SEEK Pass has one that the roster lists no more and that nobody could pair with it: it
-- may be the same one. $1: the roster is a part or an additional list, where only one of the same name is meant.
SELECT DISTINCT staged_row.record AS "record!", staged_row.line AS "line!", staged_row.student_id AS "student_id!", coalesce(qualification.course_code, '') AS "known!: String"
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
JOIN qualification
    ON qualification.graduate_id = graduate.id
    -- a test is taken twice, and a course attended again
    AND (NOT $1 OR (lower(qualification.course_name) = lower(staged_row.course_name) AND CAST(staged_row.details AS JSONB) ->> 'full_name' IS NULL))
    AND qualification.course_key <> staged_row.course_key AND qualification.withdrawn_at IS NULL
JOIN submission
    ON submission.graduate_id = graduate.id AND submission.course_key = qualification.course_key
    AND submission.state IN ('incomplete', 'verified')
WHERE NOT EXISTS (
    SELECT 1 FROM qualification AS itself
    WHERE itself.graduate_id = graduate.id AND itself.course_key = staged_row.course_key
  )
  AND NOT EXISTS (
    SELECT 1 FROM staged_pair
    WHERE staged_pair.graduate_id = graduate.id AND staged_pair.new_key = staged_row.course_key
  )
  AND CASE
    WHEN $1 THEN NOT EXISTS (
        SELECT 1 FROM staged_row AS own
        WHERE own.student_id = staged_row.student_id AND own.course_key = qualification.course_key
    )
    ELSE EXISTS (
        SELECT 1 FROM staged_lost
        WHERE staged_lost.graduate_id = graduate.id AND staged_lost.course_key = qualification.course_key
    )
  END
