SELECT min(due_at) AS "due_at: i64" FROM submission WHERE state = 'waiting' AND due_at > $1
