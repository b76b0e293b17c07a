-- PostgreSQL.
-- Reminders of invitations above $1 up to $2 that are due at $3: the latest message left before the moment that the JSON list $4
-- has for so many reminders, and there were fewer than $5 in all. What was mailed before the ledger was restored is in doubt: the
-- ledger does not know what its graduates did since, nor whether they were reminded.
INSERT INTO message (invitation_id, batch_id, kind, state, due_at, came_by_itself)
SELECT
    candidate.invitation_id, candidate.batch_id, 'reminder',
    CASE
        WHEN candidate.message_id <= (SELECT coalesce(max(last_message), 0) FROM restoration) THEN 'in_doubt'
        ELSE 'waiting'
    END,
    $3, 1
FROM reminder_candidate AS candidate
JOIN json_array_elements_text(CAST(CAST($4 AS TEXT) AS JSON)) WITH ORDINALITY AS earlier (value, place)
    ON earlier.place = candidate.since_news + 1
WHERE candidate.invitation_id > $1 AND candidate.invitation_id <= $2
  AND candidate.sent_at < CAST(earlier.value AS BIGINT) AND candidate.reminders < $5
  AND candidate.at_rest_from <= $3 AND candidate.expires_at > $3
ORDER BY candidate.invitation_id
