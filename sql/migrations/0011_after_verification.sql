-- What was verified is not the end: the ledger keeps what SEEK Pass was told, so that it can say what changed since, and
-- invites again where that is called for. The same tables as in 0007 and 0005 but for the states, the kinds and the last
-- columns, with their numbers. Run with foreign keys off.

CREATE TABLE submission_told (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    seek_pass_id         TEXT NOT NULL UNIQUE,
    graduate_id          INTEGER NOT NULL,
    course_key           TEXT NOT NULL,
    digest               BLOB NOT NULL,
    state                TEXT NOT NULL
        CHECK (state IN (
            'waiting', 'incomplete', 'verified', 'canceled', 'lapsed', 'revoked', 'unshared', 'rejected', 'replaced',
            -- was verified, and the graduate is invited to add the qualification as it is now
            'superseded',
            -- finished by whoever had the link at an address that was not the graduate's
            'misdirected'
        )),
    asked_at             INTEGER NOT NULL,
    due_at               INTEGER NOT NULL,
    attempts             INTEGER NOT NULL DEFAULT 0,
    sent_at              INTEGER,
    accepted_at          INTEGER,
    link                 TEXT,
    ended_at             INTEGER,
    told_at              INTEGER,
    trouble              TEXT,
    unknown_status       TEXT,
    -- What SEEK Pass was told and where the code had gone to, or what somebody settled since: changes are held against it.
    as_full_name         TEXT NOT NULL,
    as_email             TEXT NOT NULL,
    as_course_code       TEXT,
    as_course_name       TEXT NOT NULL,
    as_conferral_year    INTEGER,
    as_awaiting          INTEGER NOT NULL CHECK (as_awaiting IN (0, 1)),
    as_majors            TEXT NOT NULL,
    as_honours           TEXT,
    as_withdrawn         INTEGER NOT NULL DEFAULT 0 CHECK (as_withdrawn IN (0, 1)),
    FOREIGN KEY (graduate_id, course_key) REFERENCES qualification (graduate_id, course_key)
) STRICT;
-- What an older gradpass told SEEK Pass is not known; what the ledger holds now stands for it.
INSERT INTO submission_told (
    id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, attempts, sent_at, accepted_at, link,
    ended_at, told_at, trouble, unknown_status, as_full_name, as_email, as_course_code, as_course_name, as_conferral_year,
    as_awaiting, as_majors, as_honours, as_withdrawn
)
SELECT
    submission.id, seek_pass_id, submission.graduate_id, submission.course_key, digest, state, asked_at, due_at, attempts,
    sent_at, accepted_at, link, ended_at, told_at, trouble, unknown_status, full_name, email, course_code, course_name,
    conferral_year,
    CASE
        WHEN conferral_date IS NULL THEN awaiting_graduation
        ELSE conferral_date > date(asked_at / 1000, 'unixepoch')
    END,
    majors, honours, withdrawn_at IS NOT NULL
FROM submission
JOIN graduate ON graduate.id = submission.graduate_id
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key;
DELETE FROM sqlite_sequence WHERE name = 'submission_told';
INSERT INTO sqlite_sequence (name, seq) SELECT 'submission_told', seq FROM sqlite_sequence WHERE name = 'submission';

DROP VIEW unverified_award;
DROP TABLE submission;
ALTER TABLE submission_told RENAME TO submission;
CREATE UNIQUE INDEX submission_live ON submission (graduate_id, course_key)
    WHERE state IN ('waiting', 'incomplete', 'verified');
CREATE INDEX submission_qualification ON submission (graduate_id, course_key, id);
CREATE INDEX submission_waiting ON submission (asked_at, id, due_at) WHERE state = 'waiting';
CREATE INDEX submission_incomplete ON submission (id) WHERE state = 'incomplete';
CREATE INDEX submission_untold ON submission (id) WHERE accepted_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX submission_rejected ON submission (id) WHERE state = 'rejected';
CREATE INDEX submission_awaiting ON submission (id) WHERE state = 'verified' AND as_awaiting = 1;

-- As it was in 0002.
CREATE VIEW unverified_award AS
SELECT graduate_id, course_key, invitation_id
FROM qualification
WHERE withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM submission
    WHERE submission.graduate_id = qualification.graduate_id
      AND submission.course_key = qualification.course_key AND submission.state = 'verified'
  );

CREATE TABLE message_kinds (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    batch_id       INTEGER NOT NULL REFERENCES batch (id),
    -- update: what is in SEEK Pass is conferred now, or was corrected; replacement: of an email that was sent before
    kind           TEXT NOT NULL
        CHECK (kind = 'invitation' OR kind = 'reminder' OR kind = 'update' OR kind = 'replacement'),
    state          TEXT NOT NULL CHECK (
        state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'deferred' OR state = 'refused'
        OR state = 'in_doubt' OR state = 'canceled'
    ),
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER
) STRICT;
INSERT INTO message_kinds
SELECT id, invitation_id, batch_id, kind, state, due_at, attempts, sent_at FROM message;
DELETE FROM sqlite_sequence WHERE name = 'message_kinds';
INSERT INTO sqlite_sequence (name, seq) SELECT 'message_kinds', seq FROM sqlite_sequence WHERE name = 'message';
DROP TABLE message;
ALTER TABLE message_kinds RENAME TO message;
CREATE INDEX message_invitation ON message (invitation_id);
CREATE INDEX message_state ON message (state, due_at, id);

-- What rosters changed of graduates whom the ledger knew, for the help desk; never the values.
CREATE TABLE change (
    graduate_id  INTEGER NOT NULL REFERENCES graduate (id),
    course_key   TEXT,                      -- NULL: of the graduate
    at           INTEGER NOT NULL,
    what         TEXT NOT NULL              -- the fields, such as 'email, full_name'
) STRICT;
CREATE INDEX change_graduate ON change (graduate_id);

-- What is not as SEEK Pass was told, or as somebody settled it. An award that was awaited and is conferred now is not among
-- it, since that invites again by itself; one that was conferred, and a day later is still to come, is.
CREATE VIEW late_change AS
SELECT *
FROM (
    SELECT
        submission.id AS submission_id, submission.graduate_id, submission.course_key, submission.state,
        coalesce(submission.ended_at, submission.accepted_at, submission.asked_at) AS since,
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

-- Wrong answers to the second question of the page, for the help desk.
CREATE TABLE wrong_answer (
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    at             INTEGER NOT NULL,
    locked_until   INTEGER                  -- when the page asks again; NULL: it still does
) STRICT;
CREATE INDEX wrong_answer_invitation ON wrong_answer (invitation_id);
