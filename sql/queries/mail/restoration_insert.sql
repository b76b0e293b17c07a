-- From here on tags are made with the number $1.
INSERT OR IGNORE INTO restoration (number, last_message)
SELECT $1, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'message'), 0)
