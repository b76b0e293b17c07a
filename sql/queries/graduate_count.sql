SELECT count(*) AS "graduates!: i64" FROM graduate
