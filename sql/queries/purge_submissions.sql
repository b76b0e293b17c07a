-- The state stays. SEEK Pass knows the graduate by the id, so that it goes; the nameless award is the one at the same
-- place in the order as the named one.
UPDATE submission
SET seek_pass_id = ' ' || id, digest = x'', asked_at = 0, due_at = 0, attempts = 0, sent_at = NULL, accepted_at = NULL,
    link = NULL, ended_at = NULL, told_at = NULL, trouble = NULL,
    course_key = ' ' || (
        SELECT count(*) FROM qualification
        WHERE qualification.graduate_id = submission.graduate_id AND qualification.course_name <> ''
          AND qualification.course_key <= submission.course_key
    )
WHERE graduate_id = $1
