-- PostgreSQL.
DELETE FROM home WHERE place NOT IN (SELECT place FROM here)
