-- Of rosters of the type $3. $1: the new roster lists everybody. $2: rows that were rejected come again, corrected or not.
DELETE FROM rejected_row
WHERE credential_type IS NOT DISTINCT FROM $3 AND (
  $1
  OR ($2 AND student_id IS NULL)
  OR student_id IN (SELECT student_id FROM staged_row)
  OR student_id IN (SELECT student_id FROM staged_mention)
  -- what was mended in it were the zeros that a spreadsheet took
  OR ltrim(student_id, '0') IN (SELECT ltrim(student_id, '0') FROM staged_row)
)
