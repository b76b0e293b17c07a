SELECT count(*) AS "lost!: i64" FROM staged_lost
