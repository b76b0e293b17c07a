-- An attempt for each message of $2 that has just become `sending`.
INSERT INTO attempt (message_id, started_at, number)
SELECT
    message.id, wanted.value ->> 'at',
    coalesce((SELECT max(number) FROM attempt WHERE message_id = message.id), 0) + 1
FROM json_each($2) AS wanted
CROSS JOIN message ON message.id = wanted.value ->> 'message_id' AND message.state = 'sending'
