-- PostgreSQL.
-- Which of the addresses in the list $1 are graduates'.
SELECT DISTINCT lower(email) AS "email!: String" FROM graduate WHERE lower(email) IN (SELECT json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)))
