-- PostgreSQL. What was counted last.
SELECT counts FROM counted
