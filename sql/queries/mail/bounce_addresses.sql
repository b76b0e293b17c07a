-- Which of the addresses in the list $1 are graduates'.
SELECT DISTINCT lower(email) AS "email!: String" FROM graduate WHERE lower(email) IN (SELECT value FROM json_each($1))
