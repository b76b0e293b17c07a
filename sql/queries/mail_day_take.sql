-- One message of the day's budget; no row when $2 have been begun already.
INSERT INTO mail_day (day, used)
VALUES ($1, 1)
ON CONFLICT (day) DO UPDATE SET used = mail_day.used + 1 WHERE mail_day.used < $2
RETURNING used
