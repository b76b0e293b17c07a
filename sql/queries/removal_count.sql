-- How many qualifications the ledger holds, and how many of them the roster no longer lists. A student with a
-- mistake in a row is still in the roster.
SELECT
    count(*) AS "held!: i64",
    coalesce(sum(
        staged_row.record IS NULL
        AND NOT EXISTS (SELECT 1 FROM staged_mention WHERE staged_mention.student_id = graduate.student_id)
    ), 0) AS "lost!: i64"
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
LEFT JOIN staged_row
    ON staged_row.student_id = graduate.student_id AND staged_row.course_key = qualification.course_key
