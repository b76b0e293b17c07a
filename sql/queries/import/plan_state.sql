-- What of the ledger decides what a run does: what it holds of the rosters, what waits, who is held, and what is
-- invited again.
SELECT
    (SELECT count(*) || ':' || total(fingerprint & 4294967295) || ':' || count(withdrawn_at) FROM qualification)
    || '/' || (SELECT count(*) || ':' || total(id) FROM message WHERE state = 'waiting')
    || '/' || (SELECT count(*) || ':' || total(id) FROM message WHERE state = 'deferred')
    || '/' || (SELECT count(*) || ':' || coalesce(max(student_id || source), '') FROM hold)
    || '/' || (SELECT count(*) || ':' || coalesce(group_concat(student_id || course_key || field || value), '') FROM correction)
    -- who is invited again when it is conferred
    || '/' || (SELECT count(*) || ':' || total(id) FROM submission WHERE state = 'verified' AND as_awaiting = 1)
    || '/' || (SELECT count(*) FROM graduate WHERE opted_out_at IS NOT NULL)
    || '/' || (SELECT count(*) FROM purged_award) AS "state!: String"
