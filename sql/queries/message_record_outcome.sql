UPDATE message SET state = $2, due_at = $3, sent_at = $4 WHERE id = $1 AND state = 'sending'
