-- Whom the roster, of the type $2, no longer holds; $1: it lists everybody. A student with a mistake in a row stays as before.
DELETE FROM hold
WHERE source IN ('roster', 'conflict', 'address') AND credential_type = $2
  AND (student_id, source) NOT IN (SELECT student_id, source FROM staged_hold)
  AND student_id NOT IN (SELECT student_id FROM staged_mention)
  AND ($1 OR student_id IN (SELECT student_id FROM staged_row))
