-- Rules that stood in several statements stand here once, and what happened to a submission before is kept.

-- A student id as it is looked for: small, without punctuation. `StudentId` lets no other characters in. Graduates have no
-- index of it: each import would pay for what a person asks for now and then, and waits half a second for in a million.
ALTER TABLE graduate ADD COLUMN folded_id TEXT GENERATED ALWAYS AS (
    lower(replace(replace(replace(replace(replace(replace(replace(
        student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
) VIRTUAL;
ALTER TABLE hold ADD COLUMN folded_id TEXT GENERATED ALWAYS AS (
    lower(replace(replace(replace(replace(replace(replace(replace(
        student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
) VIRTUAL;
CREATE INDEX hold_folded ON hold (folded_id);
ALTER TABLE rejected_row ADD COLUMN folded_id TEXT GENERATED ALWAYS AS (
    lower(replace(replace(replace(replace(replace(replace(replace(
        student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
) VIRTUAL;
CREATE INDEX rejected_row_folded ON rejected_row (folded_id);

-- 1: due since its day came, and not since a roster was imported, so that no plan of its batch has approved it.
ALTER TABLE message ADD COLUMN came_by_itself INTEGER NOT NULL DEFAULT 0 CHECK (came_by_itself IN (0, 1));

-- How a submission ended before it went on: verified and later superseded or revoked, canceled and finished all the same.
CREATE TABLE submission_past (
    submission_id  INTEGER NOT NULL REFERENCES submission (id),
    state          TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_past_of ON submission_past (submission_id);
CREATE TRIGGER submission_goes_on AFTER UPDATE OF state ON submission
WHEN OLD.ended_at IS NOT NULL AND OLD.state <> NEW.state
BEGIN
    INSERT INTO submission_past (submission_id, state, at) VALUES (OLD.id, OLD.state, OLD.ended_at);
END;
-- It had the time of its verification, and nobody wrote down when it was superseded.
INSERT INTO submission_past (submission_id, state, at)
SELECT id, 'verified', ended_at FROM submission WHERE state = 'superseded' AND ended_at IS NOT NULL;
UPDATE submission SET ended_at = NULL WHERE state = 'superseded';

-- When somebody last settled what changed of it.
ALTER TABLE submission ADD COLUMN settled_at INTEGER;

-- As in 0011, but since when: the first change that was noticed after SEEK Pass was told, or after somebody settled it.
DROP VIEW late_change;
CREATE VIEW late_change AS
SELECT *
FROM (
    SELECT
        submission.id AS submission_id, submission.graduate_id, submission.course_key, submission.state,
        coalesce(
            iif(submission.state = 'misdirected', submission.ended_at, NULL),
            (
                SELECT min(at)
                FROM (
                    SELECT change.at
                    FROM change
                    WHERE change.graduate_id = submission.graduate_id
                        AND (change.course_key IS NULL OR change.course_key = submission.course_key)
                        AND change.what NOT IN ('date of birth', 'language', 'date of birth, language', 'listed again')
                    UNION ALL
                    SELECT audit.at
                    FROM audit_student
                    JOIN audit ON audit.id = audit_student.audit_id AND audit.act = 'correct'
                    WHERE audit_student.student_id = graduate.student_id
                    UNION ALL
                    SELECT withdrawn_at
                )
                WHERE at > coalesce(submission.settled_at, submission.asked_at)
            ),
            submission.ended_at, submission.accepted_at, submission.asked_at
        ) AS since,
        graduate.student_id, qualification.course_name,
        concat_ws(
            ', ',
            iif(submission.state = 'misdirected', 'finished by whoever had the link at the old address', NULL),
            iif(withdrawn_at IS NOT NULL AND as_withdrawn = 0, 'no longer in the roster', NULL),
            iif(full_name <> as_full_name, 'name', NULL),
            iif(submission.state <> 'misdirected' AND lower(email) <> lower(as_email), 'address', NULL),
            iif(lower(course_code) IS DISTINCT FROM lower(as_course_code), 'course code', NULL),
            iif(course_name <> as_course_name, 'course name', NULL),
            iif(as_awaiting = 0 AND conferral_year IS DISTINCT FROM as_conferral_year, 'conferral year', NULL),
            iif(
                as_awaiting = 0
                AND CASE
                    WHEN conferral_date IS NULL THEN awaiting_graduation
                    ELSE conferral_date > date(asked_at / 1000, 'unixepoch', '+1 day')
                END,
                'awaiting graduation again',
                NULL
            ),
            iif(majors <> as_majors, 'majors', NULL),
            iif(honours IS DISTINCT FROM as_honours, 'honours', NULL)
        ) AS what
    FROM submission
    JOIN graduate ON graduate.id = submission.graduate_id
    JOIN qualification
        ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    WHERE submission.state IN ('incomplete', 'verified', 'misdirected')
)
WHERE what <> '';
