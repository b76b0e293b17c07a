-- PostgreSQL.
-- Somebody says that submission $1 is settled: what the ledger holds now is what later changes are held against.
UPDATE submission
SET as_full_name = coalesce(CAST(qualification.details AS JSONB) ->> 'full_name', graduate.full_name),
    -- where a link that was given up had gone to still says whose it is, should it be finished
    as_email = CASE WHEN submission.state = 'canceled' THEN as_email ELSE graduate.email END,
    as_course_code = qualification.course_code,
    as_course_name = qualification.course_name,
    as_conferral_year = qualification.conferral_year,
    as_majors = qualification.majors,
    as_honours = qualification.honours,
    as_details = qualification.details,
    as_withdrawn = CASE WHEN qualification.withdrawn_at IS NULL THEN 0 ELSE 1 END,
    -- what is awaited again is added again when it is conferred; what is conferred while the graduate is still to finish,
    -- and settled, is not
    as_awaiting = CASE
        WHEN as_awaiting = 1 AND submission.state = 'incomplete' AND CASE
            WHEN conferral_date IS NULL THEN awaiting_graduation = 0
            ELSE conferral_date <= (SELECT to_char(to_timestamp(max(started_at) / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM batch)
        END THEN 0
        WHEN as_awaiting = 1 OR CASE
            WHEN conferral_date IS NULL THEN awaiting_graduation = 1
            ELSE conferral_date > to_char(to_timestamp(asked_at / 1000) AT TIME ZONE 'UTC' + interval '1 day', 'YYYY-MM-DD')
        END THEN 1
        ELSE 0
    END,
    settled_at = $2,
    ended_at = CASE WHEN submission.state = 'misdirected' THEN $2 ELSE ended_at END,
    state = CASE WHEN submission.state = 'misdirected' THEN 'canceled' ELSE submission.state END
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id
WHERE submission.id = $1 AND graduate.id = submission.graduate_id
  AND qualification.course_key = submission.course_key
