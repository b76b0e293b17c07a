SELECT
    EXISTS (SELECT 1 FROM graduate WHERE student_id = $1)
    OR EXISTS (SELECT 1 FROM hold WHERE student_id = $1)
    OR EXISTS (SELECT 1 FROM rejected_row WHERE student_id = $1) AS "is_known!: bool"
