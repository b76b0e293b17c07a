SELECT count(*) AS "rows!: i64" FROM staged_row
