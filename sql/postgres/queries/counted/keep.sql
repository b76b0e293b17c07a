-- PostgreSQL. What was counted.
UPDATE counted SET counts = $1
