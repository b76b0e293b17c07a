-- The lengths of the ids that the ledger knows, those of rejected rows too, as a JSON list.
SELECT json_group_array(length) AS "lengths!: String"
FROM (
    SELECT length(student_id) AS length FROM graduate
    UNION
    SELECT length(student_id) FROM rejected_row WHERE student_id IS NOT NULL
)
