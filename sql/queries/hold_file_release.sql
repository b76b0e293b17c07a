-- $1 is a JSON list of student ids, in whatever case and punctuation.
DELETE FROM hold
WHERE source = 'file'
  AND lower(replace(replace(replace(replace(replace(replace(replace(student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
    NOT IN (SELECT lower(replace(replace(replace(replace(replace(replace(replace(value, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')) FROM json_each($1))
