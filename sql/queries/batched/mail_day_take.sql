-- What it takes from the budget of the day $1, if the statement before began an attempt.
INSERT INTO mail_day (day, used)
SELECT $1, 1 WHERE changes() = 1
ON CONFLICT (day) DO UPDATE SET used = mail_day.used + 1
