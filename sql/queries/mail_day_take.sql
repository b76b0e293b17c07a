-- What the messages of $2 that have just become `sending` take from the budget of the day $3.
INSERT INTO mail_day (day, used)
SELECT $3, count(*)
FROM json_each($2) AS wanted
CROSS JOIN message ON message.id = wanted.value ->> 'message_id' AND message.state = 'sending'
HAVING count(*) > 0
ON CONFLICT (day) DO UPDATE SET used = mail_day.used + excluded.used
