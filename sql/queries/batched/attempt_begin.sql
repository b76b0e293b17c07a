-- An attempt of message $1, if the statement before gave it its code.
INSERT INTO attempt (message_id, started_at, number)
SELECT $1, $2, coalesce((SELECT max(number) FROM attempt WHERE message_id = $1), 0) + 1
WHERE changes() = 1
