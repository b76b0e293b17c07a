UPDATE invitation SET state = 'verified' WHERE id = $1 AND state = 'open'
