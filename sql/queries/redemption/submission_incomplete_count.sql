SELECT count(*) AS "incomplete!: i64" FROM submission WHERE state = 'incomplete'
