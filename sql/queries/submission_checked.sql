UPDATE submission SET checked_at = $2 WHERE id = $1 AND state = 'incomplete'
