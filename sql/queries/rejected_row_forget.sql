-- $1: the new roster lists everybody.
DELETE FROM rejected_row
WHERE $1 OR student_id IN (SELECT student_id FROM staged_row) OR student_id IN (SELECT student_id FROM staged_mention)
