SELECT count(*) AS "awards!: i64" FROM purged_award WHERE student = $1
