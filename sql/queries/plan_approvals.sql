-- How many people approved a plan.
SELECT count(*) AS "people!: i64" FROM plan WHERE id = $1
