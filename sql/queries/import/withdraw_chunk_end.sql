-- The graduate that ends the next chunk; none when fewer are left.
SELECT graduate_id FROM staged_lost WHERE graduate_id > $1 ORDER BY graduate_id LIMIT 1 OFFSET $2
