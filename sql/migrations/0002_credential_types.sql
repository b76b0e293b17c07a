-- Other types of credentials than education: rosters of English test results and of courses, each by itself.
--
-- `credential_type` is NULL for education, so that its rows are as long as before. A qualification of another type is known by
-- its name and its day (`course_name`, `conferral_date`); all that SEEK Pass is told of it stands in `details`, as JSON in one
-- form, with the graduate's name on that credential.

-- The type of the roster's rows.
ALTER TABLE batch ADD COLUMN credential_type TEXT;
ALTER TABLE rejected_row ADD COLUMN credential_type TEXT;

ALTER TABLE qualification ADD COLUMN credential_type TEXT;
ALTER TABLE qualification ADD COLUMN details TEXT;
-- The address that the roster of this type has for the graduate, where that is not the graduate's: another type's roster has
-- changed it since. Only a roster that says something new changes it again.
ALTER TABLE qualification ADD COLUMN roster_email TEXT;
CREATE INDEX qualification_of_type ON qualification (credential_type) WHERE credential_type IS NOT NULL;

ALTER TABLE submission ADD COLUMN as_details TEXT;

-- What a roster holds, only a roster of the same type releases.
CREATE TEMP TABLE hold_before AS SELECT student_id, source, reason, since FROM hold;
DROP TABLE hold;
CREATE TABLE hold (
    student_id       TEXT NOT NULL,
    -- roster: a column of it says so; conflict: its rows contradict each other; address: several students share it;
    -- file: the hold file lists the student; person: somebody said `gradpass hold`
    source           TEXT NOT NULL CHECK (source IN ('roster', 'conflict', 'address', 'file', 'person')),
    reason           TEXT NOT NULL,
    since            INTEGER NOT NULL,
    -- Of the roster; empty: education, a file or a person.
    credential_type  TEXT NOT NULL DEFAULT '',
    folded_id        TEXT GENERATED ALWAYS AS (
        lower(replace(replace(replace(replace(replace(replace(replace(
            student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
    ) VIRTUAL,
    PRIMARY KEY (student_id, source, credential_type)
) STRICT, WITHOUT ROWID;
INSERT INTO hold (student_id, source, reason, since) SELECT student_id, source, reason, since FROM hold_before;
DROP TABLE hold_before;
CREATE INDEX hold_folded ON hold (folded_id);

-- From here on these views are those that count: a change of what the first migration says of them is made here.

DROP VIEW message_content;
-- Every message with all that its mail needs, as one JSON list: id, invitation, kind, attempts, when it is due, whether its
-- graduate is held, what an update is about (0 nothing that is left, 1 corrected, 2 awaited when it was added) or a reminder
-- (1: what was begun was not finished), the graduate, and the qualifications that it lists, in no order.
CREATE VIEW message_content AS
SELECT
    message.id, message.invitation_id, invitation.state AS invitation_state, invitation.graduate_id,
    graduate.email, graduate.priority,
    json_array(
        message.id, message.invitation_id, message.kind, message.attempts, message.due_at,
        EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id),
        CASE message.kind
            WHEN 'update' THEN coalesce((
                SELECT max(1 + submission.as_awaiting)
                FROM qualification
                JOIN submission USING (graduate_id, course_key)
                WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
                    AND qualification.withdrawn_at IS NULL AND submission.state = 'superseded'
                    AND NOT EXISTS (
                        SELECT 1 FROM submission AS again
                        WHERE again.graduate_id = graduate.id
                            AND again.course_key = qualification.course_key AND again.state = 'verified'
                    )
            ), 0)
            WHEN 'reminder' THEN EXISTS (
                SELECT 1 FROM addition
                WHERE addition.graduate_id = graduate.id AND addition.invitation_id = invitation.id
                    AND addition.submission = 'lapsed'
            )
            ELSE 0
        END,
        graduate.student_id, graduate.full_name, graduate.email, graduate.language,
        (
            SELECT json_group_array(
                json_array(
                    course_code, course_name, conferral_year, conferral_date, awaiting_graduation, majors, honours,
                    credential_type, details
                )
            )
            FROM qualification
            WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
                AND qualification.withdrawn_at IS NULL
                -- what is in SEEK Pass already is no news
                AND (
                    message.kind NOT IN ('update', 'reminder')
                    OR NOT EXISTS (
                        SELECT 1 FROM submission
                        WHERE submission.graduate_id = graduate.id
                            AND submission.course_key = qualification.course_key AND submission.state = 'verified'
                    )
                )
        )
    ) AS content
FROM message
JOIN invitation ON invitation.id = message.invitation_id
JOIN graduate ON graduate.id = invitation.graduate_id;

DROP VIEW late_change;
-- What is not as SEEK Pass was told, or as somebody settled it. A qualification that was awaited and is conferred now is
-- among it while the graduate is still to finish; once it is verified, that invites again by itself. One that was conferred,
-- and a day later is still to come, is among it, too. Since when: the
-- first change that was noticed after SEEK Pass was told, or after somebody settled it.
CREATE VIEW late_change AS
SELECT *
FROM (
    SELECT
        submission.id AS submission_id, submission.graduate_id, submission.course_key, submission.state,
        coalesce(
            iif(submission.state IN ('misdirected', 'canceled'), submission.ended_at, NULL),
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
        iif(submission.state = 'canceled', 'address', concat_ws(
            ', ',
            iif(
                submission.state = 'misdirected',
                iif(
                    submission.trouble = 'the invitation was revoked',
                    'finished with a link from before the invitation was revoked',
                    'finished by whoever had the link at the old address'
                ),
                NULL
            ),
            iif(withdrawn_at IS NOT NULL AND as_withdrawn = 0, 'no longer in the roster', NULL),
            iif(coalesce(details ->> 'full_name', full_name) <> as_full_name, 'name', NULL),
            iif(submission.state <> 'misdirected' AND lower(email) <> lower(as_email), 'address', NULL),
            -- SEEK Pass is told no code: of what is still to finish, nothing follows from another one
            iif(
                submission.state <> 'incomplete' AND lower(course_code) IS DISTINCT FROM lower(as_course_code),
                'course code',
                NULL
            ),
            iif(course_name <> as_course_name, 'course name', NULL),
            -- of other types than education; the name stands for itself
            iif(
                json_remove(details, '$.full_name') IS DISTINCT FROM json_remove(as_details, '$.full_name'),
                iif(credential_type = 'english', 'test result', 'course'),
                NULL
            ),
            iif(as_awaiting = 0 AND conferral_year IS DISTINCT FROM as_conferral_year, 'conferral year', NULL),
            iif(
                as_awaiting = 0
                AND CASE
                    WHEN conferral_date IS NULL THEN awaiting_graduation
                    ELSE conferral_date > date(coalesce(settled_at, asked_at) / 1000, 'unixepoch', '+1 day')
                END,
                'awaiting graduation again',
                NULL
            ),
            iif(
                as_awaiting = 1 AND submission.state = 'incomplete'
                AND CASE
                    WHEN conferral_date IS NULL THEN awaiting_graduation = 0
                    -- by the day of the roster that said so
                    ELSE conferral_date <= (SELECT date(max(started_at) / 1000, 'unixepoch') FROM batch)
                END,
                'conferred now',
                NULL
            ),
            iif(majors <> as_majors, 'majors', NULL),
            iif(honours IS DISTINCT FROM as_honours, 'honours', NULL)
        )) AS what
    FROM submission
    JOIN graduate ON graduate.id = submission.graduate_id
    JOIN qualification
        ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    WHERE submission.state IN ('incomplete', 'verified', 'misdirected')
        -- given up for a new address: the link at the old one can be finished until SEEK Pass says that it is over
        OR (
            submission.state = 'canceled' AND accepted_at IS NOT NULL AND told_at IS NULL AND settled_at IS NULL
            AND trouble = 'the address was changed' AND lower(email) <> lower(as_email)
        )
)
WHERE what <> '';
