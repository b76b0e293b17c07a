-- How many are before it.
SELECT count(*) AS "before!: i64" FROM submission WHERE state = 'waiting' AND id < $1
