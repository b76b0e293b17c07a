-- PostgreSQL.
-- The next $4 in the order in which graduates asked, which are due at $1 (milliseconds) or were never tried, are this service's until
-- $3; it is $2 now, and no lease is longer than from then to $3. What somebody took and said nothing of until his lease ended may have
-- reached SEEK Pass: it counts as sent when it was due. A clock that was set back leaves leases behind that end later than any can.
WITH due AS (
    SELECT id FROM submission
    WHERE state = 'waiting' AND (due_at <= $1 OR trouble IS NULL)
        AND (leased_until IS NULL OR leased_until <= $2 OR leased_until > $3)
    ORDER BY asked_at, id
    LIMIT $4
    FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
    UPDATE submission
    SET leased_until = $3, sent_at = CASE WHEN leased_until IS NULL THEN sent_at ELSE coalesce(sent_at, due_at) END
    FROM due
    WHERE submission.id = due.id
    RETURNING submission.id, submission.asked_at
)
SELECT id AS "id!" FROM taken ORDER BY asked_at, id
