-- The graduate that ends the next page; none when fewer are left.
SELECT id FROM graduate WHERE id > $1 ORDER BY id LIMIT 1 OFFSET $2
