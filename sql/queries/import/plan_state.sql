-- What of the ledger decides what a run does: what it holds of the rosters, what waits, who is held, and what is
-- invited again.
SELECT
    (SELECT count(*) || ':' || coalesce(sum(fingerprint & 4294967295), 0) || ':' || count(withdrawn_at) FROM qualification)
    || '/' || (SELECT count(*) || ':' || coalesce(sum(id), 0) FROM message WHERE state = 'waiting')
    || '/' || (SELECT count(*) || ':' || coalesce(sum(id), 0) FROM message WHERE state = 'deferred')
    || '/' || (SELECT count(*) || ':' || coalesce(max(student_id || source), '') FROM hold)
    || '/' || (SELECT count(*) || ':' || coalesce(string_agg(student_id || course_key || field || value, ',' ORDER BY student_id, course_key, field), '') FROM correction)
    -- who is invited again when it is conferred
    || '/' || (SELECT count(*) || ':' || coalesce(sum(id), 0) FROM submission WHERE state = 'verified' AND as_awaiting = 1)
    || '/' || (SELECT count(*) FROM graduate WHERE opted_out_at IS NOT NULL)
    || '/' || (SELECT count(*) FROM purged_award) AS "state!: String"
