-- The first use of a code on the page.
UPDATE invitation SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL
