SELECT number, last_message FROM restoration ORDER BY number
