-- What of the ledger decides what a run does: what it holds of the rosters, what waits, and who is held.
SELECT
    (SELECT count(*) || ':' || total(fingerprint & 4294967295) || ':' || count(withdrawn_at) FROM qualification)
    || '/' || (SELECT count(*) || ':' || total(id) FROM message WHERE state = 'waiting')
    || '/' || (SELECT count(*) || ':' || total(id) FROM message WHERE state = 'deferred')
    || '/' || (SELECT count(*) || ':' || coalesce(max(student_id || source), '') FROM hold)
    || '/' || (SELECT count(*) || ':' || coalesce(group_concat(student_id || course_key || field || value), '') FROM correction)
    || '/' || (SELECT count(*) FROM purged_award) AS "state!: String"
