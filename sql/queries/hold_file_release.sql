-- $1 is a JSON list of student ids.
DELETE FROM hold WHERE source = 'file' AND student_id NOT IN (SELECT value FROM json_each($1))
