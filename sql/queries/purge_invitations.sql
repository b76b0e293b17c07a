-- The state stays, and whether it was opened.
UPDATE invitation
SET created_at = 0, opened_at = CASE WHEN opened_at IS NOT NULL THEN 0 END
WHERE graduate_id = $1
