SELECT min(asked_at) AS "asked_at: i64" FROM submission WHERE state = 'waiting'
