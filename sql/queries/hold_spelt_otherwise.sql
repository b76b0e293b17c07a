-- What `hold_spelt` has put in the roster's spelling.
DELETE FROM hold
WHERE source IN ('file', 'person')
  AND NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = hold.student_id)
  AND EXISTS (
    SELECT 1 FROM hold AS spelt
    JOIN graduate ON graduate.student_id = spelt.student_id
    WHERE spelt.source = hold.source
      AND lower(replace(replace(replace(replace(replace(replace(replace(spelt.student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
        = lower(replace(replace(replace(replace(replace(replace(replace(hold.student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
  )
