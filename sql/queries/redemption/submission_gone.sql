-- It was in SEEK Pass and is there no more: revoked or unshared ($2), whatever became of it here.
UPDATE submission
SET state = $2, ended_at = $3, told_at = $4, link = NULL, unknown_status = NULL
WHERE id = $1 AND state IN ('incomplete', 'verified', 'canceled', 'lapsed', 'replaced')
RETURNING graduate_id, course_key
