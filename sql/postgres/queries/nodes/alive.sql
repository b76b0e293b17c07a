-- PostgreSQL. The names of all nodes.
SELECT name FROM node ORDER BY id
