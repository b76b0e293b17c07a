-- Each kind once, with the same code and reason in whatever order notifications come.
INSERT INTO bounce (message_id, kind, at, code, reason, is_forwarded)
SELECT id, $2, $3, $4, $5, $6 FROM message WHERE id = $1
ON CONFLICT (message_id, kind) DO UPDATE
SET code = excluded.code, reason = excluded.reason, is_forwarded = excluded.is_forwarded
WHERE (excluded.code, excluded.reason, excluded.is_forwarded) > (bounce.code, bounce.reason, bounce.is_forwarded)
