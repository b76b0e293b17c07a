-- PostgreSQL.
-- $1 is a JSON list of the student ids that the file lists, who are held by now, in whatever case and punctuation.
DELETE FROM hold
WHERE source = 'file'
  AND folded_id NOT IN (
    SELECT listed.folded_id FROM hold AS listed
    WHERE listed.source = 'file' AND listed.student_id IN (SELECT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)))
  )
