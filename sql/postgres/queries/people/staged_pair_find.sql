-- PostgreSQL.
-- A lost qualification and a new one of the same student, with the same code or the same name, and no other that would fit
-- as well: the registry renamed it or gave it another code.
INSERT INTO staged_pair (graduate_id, old_key, new_key)
SELECT staged_lost.graduate_id, staged_lost.course_key, min(staged_row.course_key)
FROM staged_lost
JOIN qualification
    ON qualification.graduate_id = staged_lost.graduate_id AND qualification.course_key = staged_lost.course_key
JOIN graduate ON graduate.id = staged_lost.graduate_id
JOIN staged_row
    ON staged_row.student_id = graduate.student_id
    AND (
        lower(staged_row.course_code) = lower(qualification.course_code)
        OR lower(staged_row.course_name) = lower(qualification.course_name)
    )
    -- of other types it is the same only on the same day: tests are taken twice
    AND (CAST(staged_row.details AS JSONB) ->> 'full_name' IS NULL OR staged_row.conferral_date = qualification.conferral_date)
WHERE NOT EXISTS (
    SELECT 1 FROM qualification AS known
    WHERE known.graduate_id = staged_lost.graduate_id AND known.course_key = staged_row.course_key
)
GROUP BY staged_lost.graduate_id, staged_lost.course_key
HAVING count(DISTINCT staged_row.course_key) = 1
