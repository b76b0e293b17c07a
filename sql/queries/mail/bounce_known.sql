SELECT EXISTS (SELECT 1 FROM bounce WHERE message_id = $1 AND kind = $2) AS "known!: bool"
