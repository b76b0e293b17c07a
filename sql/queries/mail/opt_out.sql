-- The graduate of invitation $1 wants no reminders from $2 on.
UPDATE graduate
SET opted_out_at = $2
WHERE id = (SELECT graduate_id FROM invitation WHERE id = $1) AND opted_out_at IS NULL
RETURNING student_id
