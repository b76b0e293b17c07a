-- PostgreSQL. The node $1 needs to hold the messages $2 no more.
DELETE FROM claim WHERE node = $1 AND message_id = ANY ($2)
