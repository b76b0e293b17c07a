-- Students whom the ledger did not know until now. They came in the order of their student ids, so that all of them stand
-- behind the first of them; so do their invitations, and nobody has to be looked up once more.
INSERT INTO invitation (graduate_id, state, created_at)
SELECT id, 'open', $2
FROM graduate
WHERE id >= (SELECT id FROM graduate WHERE student_id = (SELECT min(student_id) FROM staged_row WHERE student_id > $1))
ORDER BY id
