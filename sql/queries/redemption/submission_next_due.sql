SELECT min(due_at) AS "due_at: Moment" FROM submission WHERE state = 'waiting' AND due_at > $1
