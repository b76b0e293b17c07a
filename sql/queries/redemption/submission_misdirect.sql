-- Finished, but by whoever had the link at an address that is no longer the graduate's, or before her invitation was revoked:
-- it is not hers, who can still add her own.
UPDATE submission
SET state = 'misdirected', ended_at = $2, told_at = $3, link = NULL, unknown_status = NULL
WHERE id = $1 AND state = 'canceled'
  AND (
    trouble = 'the invitation was revoked'
    OR lower(as_email) <> (SELECT lower(email) FROM graduate WHERE graduate.id = submission.graduate_id)
  )
