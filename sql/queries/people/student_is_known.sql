SELECT
    EXISTS (SELECT 1 FROM graduate WHERE student_id = $1)
    OR EXISTS (SELECT 1 FROM hold WHERE student_id = $1)
    -- a bad row may only spell the id of a known graduate in another way
    OR (
        EXISTS (SELECT 1 FROM rejected_row WHERE student_id = $1)
        AND NOT EXISTS (SELECT 1 FROM folded_graduate WHERE folded_id = $2)
    ) AS "is_known!: bool"
