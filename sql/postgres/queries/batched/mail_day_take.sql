-- PostgreSQL. What it takes from the budget of the day $1.
INSERT INTO mail_day (day, used) VALUES ($1, 1)
ON CONFLICT (day) DO UPDATE SET used = mail_day.used + 1
