-- What `hold_spelt` has put in the roster's spelling.
DELETE FROM hold
WHERE source IN ('file', 'person')
  AND NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = hold.student_id)
  AND EXISTS (
    SELECT 1 FROM hold AS spelt
    JOIN graduate ON graduate.student_id = spelt.student_id
    WHERE spelt.source = hold.source AND spelt.folded_id = hold.folded_id
  )
