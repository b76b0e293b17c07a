-- PostgreSQL. The row of account $1, where there is none yet.
INSERT INTO pace (account, next, epoch, health) VALUES ($1, 0, 0, '') ON CONFLICT DO NOTHING
