-- Students whom the ledger did not know until now.
INSERT INTO invitation (graduate_id, state, created_at)
SELECT graduate.id, 'open', $3
FROM (SELECT DISTINCT student_id FROM staged_row WHERE student_id > $1 AND student_id <= $2) AS staged
CROSS JOIN graduate ON graduate.student_id = staged.student_id
ORDER BY staged.student_id
