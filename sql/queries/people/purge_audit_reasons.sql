-- An operator's own words may name the graduate.
UPDATE audit
SET why = NULL
WHERE id IN (
    SELECT audit_id FROM audit_student WHERE student_id = (SELECT student_id FROM graduate WHERE graduate.id = $1)
)
