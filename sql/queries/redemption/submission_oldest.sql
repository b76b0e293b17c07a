SELECT min(asked_at) AS "asked_at: Moment" FROM submission WHERE state = 'waiting'
