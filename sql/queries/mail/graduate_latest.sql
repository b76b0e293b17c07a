-- The graduates who came last, of those whom a roster still lists.
SELECT student_id FROM graduate
WHERE EXISTS (
    SELECT 1 FROM qualification WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
)
ORDER BY id DESC LIMIT CAST($1 AS BIGINT)
