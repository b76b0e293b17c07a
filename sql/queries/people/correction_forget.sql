-- Corrections of whom neither a row nor a rejected row is known any more: nothing that is personal stays behind.
DELETE FROM correction
WHERE student_id NOT IN (SELECT student_id FROM graduate)
  AND student_id NOT IN (SELECT student_id FROM rejected_row WHERE student_id IS NOT NULL)
