-- PostgreSQL. The next moment that is free of the pace $1, whose moments are $2 microseconds apart: how long to wait for it.
INSERT INTO mail_pace (what, next) VALUES ($1, 1000 * server_now() + $2)
ON CONFLICT (what) DO UPDATE SET next = greatest(mail_pace.next, 1000 * server_now()) + $2
RETURNING next - $2 - 1000 * server_now() AS "wait!"
