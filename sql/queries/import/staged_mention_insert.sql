-- $1 is a JSON list of student ids.
INSERT INTO staged_mention (student_id) SELECT value FROM json_each($1)
