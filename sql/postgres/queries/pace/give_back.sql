-- PostgreSQL. Those of $1 that are still ours until $2 were not tried, and are anybody's again.
UPDATE submission SET leased_until = NULL WHERE id = ANY ($1) AND leased_until = $2 AND state = 'waiting'
