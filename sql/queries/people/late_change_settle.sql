-- Somebody says that submission $1 is settled: what the ledger holds now is what later changes are held against.
UPDATE submission
SET as_full_name = coalesce(qualification.details ->> 'full_name', graduate.full_name),
    -- where a link that was given up had gone to still says whose it is, should it be finished
    as_email = iif(submission.state = 'canceled', as_email, graduate.email),
    as_course_code = qualification.course_code,
    as_course_name = qualification.course_name,
    as_conferral_year = qualification.conferral_year,
    as_majors = qualification.majors,
    as_honours = qualification.honours,
    as_details = qualification.details,
    as_withdrawn = qualification.withdrawn_at IS NOT NULL,
    -- what is awaited again is added again when it is conferred; what is conferred while the graduate is still to finish,
    -- and settled, is not
    as_awaiting = CASE
        WHEN as_awaiting = 1 AND submission.state = 'incomplete' AND CASE
            WHEN conferral_date IS NULL THEN awaiting_graduation = 0
            ELSE conferral_date <= (SELECT date(max(started_at) / 1000, 'unixepoch') FROM batch)
        END THEN 0
        ELSE as_awaiting OR CASE
            WHEN conferral_date IS NULL THEN awaiting_graduation
            ELSE conferral_date > date(asked_at / 1000, 'unixepoch', '+1 day')
        END
    END,
    settled_at = $2,
    ended_at = iif(submission.state = 'misdirected', $2, ended_at),
    state = iif(submission.state = 'misdirected', 'canceled', submission.state)
FROM graduate
JOIN qualification ON qualification.graduate_id = graduate.id
WHERE submission.id = $1 AND graduate.id = submission.graduate_id
  AND qualification.course_key = submission.course_key
