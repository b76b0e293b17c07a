-- As merge_retire_codes: codes that went to the old address stop working.
UPDATE code
SET retired_at = $2
WHERE retired_at IS NULL
  AND invitation_id IN (SELECT id FROM invitation WHERE graduate_id = $1 AND state IN ('open', 'withdrawn', 'verified'))
