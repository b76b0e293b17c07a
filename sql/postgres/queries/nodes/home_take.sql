-- PostgreSQL. From here on mails are sent from this database.
INSERT INTO home (place) SELECT place FROM here
ON CONFLICT DO NOTHING
