-- PostgreSQL. Whether mails were sent from this very database last.
SELECT EXISTS (SELECT 1 FROM home JOIN here USING (place)) AS "is_at_home!"
