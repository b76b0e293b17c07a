-- The ledger. Times are UTC milliseconds since 1970; dates are YYYY-MM-DD.
-- Once released, never edited: a change is a new migration.
--
-- A list behind IN is built anew for every row that is checked and comparisons are not, so the CHECKs of the tables that an
-- import fills are comparisons. Numbers that stand in a Message-ID or in an address are AUTOINCREMENT: what is purged leaves no
-- number that is given again.

-- ---------------------------------------------------------------------------------------------------------------------
-- Rosters
-- ---------------------------------------------------------------------------------------------------------------------

-- One import of one roster, or of several read as one.
CREATE TABLE batch (
    id           INTEGER PRIMARY KEY,
    roster       TEXT NOT NULL,             -- the file's name, without its folders
    sha256       BLOB NOT NULL,             -- of the file's bytes
    started_at   INTEGER NOT NULL,
    finished_at  INTEGER,                   -- NULL: the import died and is continued by the next one
    row_count    INTEGER NOT NULL,
    new          INTEGER NOT NULL DEFAULT 0,
    unchanged    INTEGER NOT NULL DEFAULT 0,
    changed      INTEGER NOT NULL DEFAULT 0,
    withdrawn    INTEGER NOT NULL DEFAULT 0,
    rejected     INTEGER NOT NULL DEFAULT 0,
    -- How the files were read (names of encodings, one a line): what was read so once is no guess any more.
    decoding     TEXT NOT NULL DEFAULT '',
    unread       TEXT NOT NULL DEFAULT '',  -- headers of columns that were not read, one a line
    plan         TEXT,                      -- the approved plan that it came with: it may mail any number of people
    credential_type  TEXT                   -- of its rows; NULL: education
) STRICT;

-- An import into an empty ledger makes the index of student ids once at its end.
CREATE TABLE graduate (
    id             INTEGER PRIMARY KEY,
    student_id     TEXT NOT NULL,
    full_name      TEXT NOT NULL,
    email          TEXT NOT NULL,
    date_of_birth  TEXT,
    language       TEXT,
    priority       INTEGER,                 -- 1 is mailed first, 9 last; NULL as 5
    opted_out_at   INTEGER                  -- wants no reminders since then
) STRICT;
CREATE UNIQUE INDEX graduate_student ON graduate (student_id);
CREATE INDEX graduate_priority ON graduate (priority) WHERE priority IS NOT NULL;
CREATE INDEX graduate_opted_out ON graduate (opted_out_at) WHERE opted_out_at IS NOT NULL;

-- A student id as it is looked for (`folded_id`) is small, without punctuation; `StudentId` lets no other characters in.
-- Graduates have no index of it: each import would pay for what a person asks for now and then, and waits half a second for
-- in a million. Nor is it a generated column of theirs: SQLite computes a virtual one, too, whenever a row is written.
CREATE VIEW folded_graduate AS
SELECT
    id, student_id,
    lower(replace(replace(replace(replace(replace(replace(replace(
        student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')) AS folded_id
FROM graduate;

-- A graduate's right to add the qualifications that point at it.
CREATE TABLE invitation (
    id           INTEGER PRIMARY KEY,
    graduate_id  INTEGER NOT NULL REFERENCES graduate (id),
    state        TEXT NOT NULL
        CHECK (state = 'open' OR state = 'verified' OR state = 'revoked' OR state = 'withdrawn'),
    created_at   INTEGER NOT NULL,
    -- The first time that one of its codes was used on the page. Opening the link is not using it.
    opened_at    INTEGER
) STRICT;
CREATE INDEX invitation_graduate ON invitation (graduate_id);
CREATE INDEX invitation_ended ON invitation (state) WHERE state <> 'open';

-- `course_key` tells the qualifications of one graduate apart: the course code, else the folded course name.
CREATE TABLE qualification (
    graduate_id          INTEGER NOT NULL REFERENCES graduate (id),
    course_key           TEXT NOT NULL,
    invitation_id        INTEGER NOT NULL REFERENCES invitation (id),
    course_code          TEXT,
    course_name          TEXT NOT NULL,
    conferral_year       INTEGER,
    conferral_date       TEXT,
    awaiting_graduation  INTEGER NOT NULL CHECK (awaiting_graduation IN (0, 1)),
    majors               TEXT NOT NULL,     -- one a line
    honours              TEXT,
    withdrawn_at         INTEGER,           -- no longer in the roster
    -- A hash of all that the roster said of it and of its graduate: the same again is nothing to do. 0: not known.
    fingerprint          INTEGER NOT NULL DEFAULT 0,
    -- NULL: education, so that most rows are no longer for it. Of another type it is known by its name and its day (`course_name`,
    -- `conferral_date`), and all that SEEK Pass is told of it stands in `details`: JSON in one form, with the graduate's name on it.
    -- What goes with a credential of any type stands there, too, as its members `document` and `transcript`.
    credential_type      TEXT,
    details              TEXT,
    -- The address that the roster of this type has for the graduate, where that is not the graduate's: another type's roster has
    -- changed it since. Only a roster that says something new changes it again.
    roster_email         TEXT,
    PRIMARY KEY (graduate_id, course_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX qualification_of_type ON qualification (credential_type) WHERE credential_type IS NOT NULL;

-- What rosters changed of graduates whom the ledger knew, for the help desk; never the values.
CREATE TABLE change (
    graduate_id  INTEGER NOT NULL REFERENCES graduate (id),
    course_key   TEXT,                      -- NULL: of the graduate
    at           INTEGER NOT NULL,
    what         TEXT NOT NULL              -- the fields, such as 'email, full_name'
) STRICT;
CREATE INDEX change_graduate ON change (graduate_id);

-- The rows of the latest import that could not be taken, so that the help desk can say why somebody was not invited.
CREATE TABLE rejected_row (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    student_id  TEXT,                       -- NULL: it cannot be read
    course_key  TEXT,                       -- the same
    roster      TEXT NOT NULL,              -- the file's name
    line        INTEGER NOT NULL,
    problem     TEXT NOT NULL,              -- with the column; never the value
    credential_type  TEXT,                  -- of the roster; NULL: education
    folded_id   TEXT GENERATED ALWAYS AS (
        lower(replace(replace(replace(replace(replace(replace(replace(
            student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
    ) VIRTUAL
) STRICT;
CREATE INDEX rejected_row_student ON rejected_row (student_id);
CREATE INDEX rejected_row_folded ON rejected_row (folded_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- What people did by hand, and what they said that stands over the roster
-- ---------------------------------------------------------------------------------------------------------------------

-- Who must not be mailed until somebody released them: one row for each reason. A graduate is held while there is any. Known by
-- the student id alone, so that somebody can be held whom no roster has listed yet. What a roster holds, only a roster of the
-- same type releases.
CREATE TABLE hold (
    student_id       TEXT NOT NULL,
    -- roster: a column of it says so; conflict: its rows contradict each other; address: several students share it;
    -- file: the hold file lists the student; person: somebody said `gradpass hold`
    source           TEXT NOT NULL CHECK (source IN ('roster', 'conflict', 'address', 'file', 'person')),
    reason           TEXT NOT NULL,
    since            INTEGER NOT NULL,
    credential_type  TEXT NOT NULL DEFAULT '',  -- of the roster; empty: education, a file or a person
    folded_id        TEXT GENERATED ALWAYS AS (
        lower(replace(replace(replace(replace(replace(replace(replace(
            student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
    ) VIRTUAL,
    PRIMARY KEY (student_id, source, credential_type)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_folded ON hold (folded_id);

-- A value that stands over the roster at every import, until the roster says the same.
CREATE TABLE correction (
    student_id  TEXT NOT NULL,
    course_key  TEXT NOT NULL,              -- as the roster had it when it was first corrected; empty: of the student
    field       TEXT NOT NULL CHECK (
        (course_key = '' AND field IN ('full_name', 'email', 'date_of_birth', 'language'))
        OR (course_key <> '' AND field IN (
            'course_name', 'honours', 'majors', 'conferral_year', 'conferral_date', 'awaiting_graduation'
        ))
    ),
    value       TEXT NOT NULL,
    PRIMARY KEY (student_id, course_key, field)
) STRICT, WITHOUT ROWID;

-- Plans that somebody approved: what a run over certain rosters would do, by the digest that its dry run printed. A plan may
-- want two people: each login name approves it once.
CREATE TABLE plan (
    id           TEXT NOT NULL,
    operator     TEXT NOT NULL,             -- login name
    approved_at  INTEGER NOT NULL,
    approved_by  TEXT NOT NULL,             -- in the operator's words
    PRIMARY KEY (id, operator)
) STRICT, WITHOUT ROWID;

-- Who did what, when and why; counts and student ids, never a name, an address, a code or a value.
CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    operator  TEXT NOT NULL,                -- login name
    act       TEXT NOT NULL,                -- the command
    why       TEXT,                         -- in the operator's words
    what      TEXT NOT NULL
) STRICT;

-- Whom it was about, so that a purge takes the student ids and leaves the counts.
CREATE TABLE audit_student (
    audit_id    INTEGER NOT NULL REFERENCES audit (id),
    student_id  TEXT NOT NULL,
    PRIMARY KEY (audit_id, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_student_id ON audit_student (student_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Messages
-- ---------------------------------------------------------------------------------------------------------------------

-- One email of one invitation.
CREATE TABLE message (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    batch_id       INTEGER NOT NULL REFERENCES batch (id),
    -- update: what is in SEEK Pass is conferred now, or was corrected; replacement: of one that was sent before
    kind           TEXT NOT NULL
        CHECK (kind = 'invitation' OR kind = 'reminder' OR kind = 'update' OR kind = 'replacement'),
    state          TEXT NOT NULL CHECK (
        state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'deferred' OR state = 'refused'
        OR state = 'in_doubt' OR state = 'canceled'
        -- the relay took it, and somebody behind the relay did not deliver it
        OR state = 'bounced'
    ),
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER,
    -- 1: due since its day came, and not since a roster was imported, so that no plan of its batch has approved it.
    came_by_itself INTEGER NOT NULL DEFAULT 0 CHECK (came_by_itself IN (0, 1)),
    -- How many messages before it bounced and were tried again by themselves.
    again          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX message_invitation ON message (invitation_id);
-- What is due, and every count of states.
CREATE INDEX message_state ON message (state, due_at, id);
CREATE INDEX message_reminder ON message (state) WHERE kind = 'reminder';

-- Every try to hand a message to the relay, with the relay's answer (addresses in it masked).
CREATE TABLE attempt (
    message_id  INTEGER NOT NULL REFERENCES message (id),
    number      INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    outcome     TEXT CHECK (outcome IN ('accepted', 'try_later', 'refused', 'unknown')),
    reply       TEXT,
    PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;

-- Codes as keyed hashes only (HMAC-SHA-256); the primary key is what makes every code unique.
CREATE TABLE code (
    hash           BLOB NOT NULL PRIMARY KEY,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    made_at        INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    retired_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX code_invitation ON code (invitation_id);

-- The fingerprint of the key that the codes above were hashed with: another key would void them all.
CREATE TABLE code_key (
    fingerprint  BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- How many messages were begun on a day of the university's calendar: the relay's daily budget.
CREATE TABLE mail_day (
    day   TEXT NOT NULL PRIMARY KEY,
    used  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far sending has come. A file beside the ledger knows it too (`generation`): a ledger that lags behind it was
-- restored from a backup, and does not know whom later nights mailed.
CREATE TABLE sending (
    ledger    TEXT NOT NULL PRIMARY KEY,    -- of this ledger and of every copy of it
    number    INTEGER NOT NULL,             -- of the last sending; begins and ends count alike
    restored  INTEGER NOT NULL              -- the number with which it went on after it was last restored
) STRICT, WITHOUT ROWID;
INSERT INTO sending VALUES (lower(hex(randomblob(8))), 0, 0);

-- Numbers with which the ledger went on after it was restored: what was sent before carries the tags of the one before, and
-- messages after `last_message` that do so are forgotten ones whose numbers were given again.
CREATE TABLE restoration (
    number        INTEGER PRIMARY KEY,
    last_message  INTEGER NOT NULL
) STRICT;

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
                    credential_type,
                    -- no mail needs the text of an OpenCert; a text again, since what JSON functions give is nested otherwise
                    json_replace(details, '$.document.open_cert', '') || ''
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

-- ---------------------------------------------------------------------------------------------------------------------
-- What came back of messages that the relay had taken
-- ---------------------------------------------------------------------------------------------------------------------

-- What notifications said of a message, each kind once: they repeat. Codes and words of ours; a mail system's words name people.
CREATE TABLE bounce (
    message_id    INTEGER NOT NULL REFERENCES message (id),
    kind          TEXT NOT NULL CHECK (kind IN (
        'soft', 'expired', 'unknown', 'policy', 'hard',
        'delayed', 'complained', 'auto_replied', 'challenge', 'delivered', 'person'
    )),
    at            INTEGER NOT NULL,         -- when it was read
    code          TEXT NOT NULL,            -- enhanced status code (RFC 3463); empty: none
    reason        TEXT NOT NULL,
    is_forwarded  INTEGER NOT NULL CHECK (is_forwarded IN (0, 1)), -- about an address to which the graduate's forwards
    PRIMARY KEY (message_id, kind)
) STRICT, WITHOUT ROWID;

-- Those that say that a message was not delivered.
CREATE VIEW undelivered AS SELECT * FROM bounce WHERE kind IN ('soft', 'expired', 'unknown', 'policy', 'hard');

-- Of these, the strongest of each message.
CREATE VIEW failure AS
SELECT
    message_id, kind, at, code, reason, is_forwarded,
    max(CASE kind WHEN 'soft' THEN 1 WHEN 'expired' THEN 2 WHEN 'unknown' THEN 3 WHEN 'policy' THEN 4 ELSE 5 END) AS strength
FROM undelivered
GROUP BY message_id;

-- Whom the latest message did not reach, and who has not come to the page by another. `again_at`: when it is tried again by
-- itself, a full mailbox after 1, 3 and 7 days, what expired once; NULL: a person has to do something.
CREATE VIEW unreached AS
SELECT
    message.id AS message_id, message.invitation_id, message.batch_id, message.kind AS message_kind, message.again,
    invitation.graduate_id, failure.kind, failure.at, failure.code, failure.reason, failure.is_forwarded,
    failure.at + 86400000 * CASE
        -- who complained is not mailed again by itself
        WHEN EXISTS (SELECT 1 FROM bounce WHERE bounce.message_id = message.id AND bounce.kind = 'complained') THEN NULL
        WHEN failure.kind = 'soft' THEN CASE message.again WHEN 0 THEN 1 WHEN 1 THEN 3 WHEN 2 THEN 7 END
        WHEN failure.kind = 'expired' AND message.again = 0 THEN 1
    END AS again_at
FROM message
JOIN invitation ON invitation.id = message.invitation_id AND invitation.state = 'open' AND invitation.opened_at IS NULL
JOIN failure ON failure.message_id = message.id
WHERE message.state = 'bounced'
  AND NOT EXISTS (
    SELECT 1 FROM message AS later
    WHERE later.invitation_id = message.invitation_id AND later.id > message.id AND +later.state <> 'canceled'
  );

-- Mail domains that want nothing of ours, whatever the address: ten of their graduates, and not one by chance.
CREATE VIEW refusing_domain AS
SELECT substr(graduate.email, instr(graduate.email, '@') + 1) AS domain, count(*) AS refused, max(unreached.at) AS latest
FROM unreached
JOIN graduate ON graduate.id = unreached.graduate_id
WHERE unreached.kind = 'policy'
GROUP BY 1
HAVING count(*) >= 10;

-- ---------------------------------------------------------------------------------------------------------------------
-- Redemption: what graduates asked for on the page, and what became of it at SEEK Pass
-- ---------------------------------------------------------------------------------------------------------------------

-- One credential posted to SEEK Pass, under an id of ours.
CREATE TABLE submission (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    seek_pass_id         TEXT NOT NULL UNIQUE,  -- <prefix>-<uuid>, here before its first byte leaves
    graduate_id          INTEGER NOT NULL,
    course_key           TEXT NOT NULL,
    digest               BLOB NOT NULL,         -- SHA-256 of the credential: other data need another id
    state                TEXT NOT NULL
        CHECK (state IN (
            'waiting', 'incomplete', 'verified', 'canceled', 'lapsed', 'revoked', 'unshared', 'rejected', 'replaced',
            -- was verified, and the graduate is invited to add the qualification as it is now
            'superseded',
            -- finished by whoever had the link at an address that was not the graduate's
            'misdirected'
        )),
    asked_at             INTEGER NOT NULL,
    due_at               INTEGER NOT NULL,      -- when it is tried next
    attempts             INTEGER NOT NULL DEFAULT 0,
    sent_at              INTEGER,               -- when it may first have reached SEEK Pass: its 48 hours run from here
    accepted_at          INTEGER,
    link                 TEXT,                  -- kept only while it is incomplete
    ended_at             INTEGER,
    told_at              INTEGER,               -- when SEEK Pass itself said how it ended; until then it is asked
    trouble              TEXT,                  -- why it was put off or rejected, for the operator
    unknown_status       TEXT,                  -- what SEEK Pass said of it last, if that is a word that nobody knows
    -- What SEEK Pass was told and where the code had gone to, or what somebody settled since: changes are held against it.
    as_full_name         TEXT NOT NULL,
    as_email             TEXT NOT NULL,
    as_course_code       TEXT,
    as_course_name       TEXT NOT NULL,
    as_conferral_year    INTEGER,
    as_awaiting          INTEGER NOT NULL CHECK (as_awaiting IN (0, 1)),
    as_majors            TEXT NOT NULL,
    as_honours           TEXT,
    as_details           TEXT,
    as_withdrawn         INTEGER NOT NULL DEFAULT 0 CHECK (as_withdrawn IN (0, 1)),
    -- superseded since its day came, and not since somebody asked for it
    by_itself            INTEGER NOT NULL DEFAULT 0 CHECK (by_itself IN (0, 1)),
    settled_at           INTEGER,               -- when somebody last settled what changed of it
    leased_until         INTEGER,               -- on a server: until when only the service that took it tries it; in microseconds
    FOREIGN KEY (graduate_id, course_key) REFERENCES qualification (graduate_id, course_key)
) STRICT;

-- Two clicks, two tabs, two devices: one submission.
CREATE UNIQUE INDEX submission_live ON submission (graduate_id, course_key)
    WHERE state IN ('waiting', 'incomplete', 'verified');
CREATE INDEX submission_qualification ON submission (graduate_id, course_key, id);
CREATE INDEX submission_waiting ON submission (asked_at, id, due_at) WHERE state = 'waiting';
CREATE INDEX submission_incomplete ON submission (id) WHERE state = 'incomplete';
CREATE INDEX submission_untold ON submission (id) WHERE accepted_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX submission_rejected ON submission (id) WHERE state = 'rejected';
CREATE INDEX submission_awaiting ON submission (id) WHERE state = 'verified' AND as_awaiting = 1;
CREATE INDEX submission_by_itself ON submission (id) WHERE state = 'superseded' AND by_itself = 1;

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

-- What an invitation lists and SEEK Pass does not have yet: an open invitation has some, a verified one none.
CREATE VIEW unverified_award AS
SELECT graduate_id, course_key, invitation_id
FROM qualification
WHERE withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM submission
    WHERE submission.graduate_id = qualification.graduate_id
      AND submission.course_key = qualification.course_key AND submission.state = 'verified'
  );

-- The same, with how far the graduate came with it: the state of the latest submission, or nothing. One that was canceled since
-- a stranger may have its link (submission_misdirect.sql) is over as if its data had changed: she did not decline it.
CREATE VIEW addition AS
SELECT
    graduate_id, course_key, invitation_id,
    coalesce(
        (
            SELECT iif(
                submission.state = 'canceled'
                AND (
                    submission.trouble = 'the invitation was revoked'
                    OR lower(submission.as_email)
                        <> (SELECT lower(email) FROM graduate WHERE graduate.id = submission.graduate_id)
                ),
                'replaced',
                submission.state
            )
            FROM submission
            WHERE submission.graduate_id = unverified_award.graduate_id
                AND submission.course_key = unverified_award.course_key
            ORDER BY submission.id DESC
            LIMIT 1
        ),
        ''
    ) AS submission
FROM unverified_award;

-- Invitations of which it makes sense to remind: something can be added, nothing is on its way, and the graduate is not held, has
-- not opted out, and has not complained. What she declined or took back herself is left alone. From when on, since whoever opened
-- the page within a day is left in peace, and until when a code works.
CREATE VIEW remindable AS
SELECT
    invitation.id AS invitation_id,
    coalesce(invitation.opened_at, 0) + 86400000 AS at_rest_from,
    (
        SELECT max(expires_at) FROM code
        WHERE code.invitation_id = invitation.id AND code.retired_at IS NULL
    ) AS expires_at
FROM invitation
JOIN graduate ON graduate.id = invitation.graduate_id AND graduate.opted_out_at IS NULL
WHERE invitation.state = 'open'
  AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id)
  AND (
    SELECT max(
        CASE
            WHEN addition.submission IN ('waiting', 'incomplete') THEN 2
            WHEN addition.submission IN ('', 'lapsed', 'replaced', 'superseded', 'misdirected') THEN 1
            ELSE 0
        END
    )
    FROM addition
    WHERE addition.graduate_id = invitation.graduate_id AND addition.invitation_id = invitation.id
  ) = 1
  AND NOT EXISTS (
    SELECT 1 FROM message
    JOIN bounce ON bounce.message_id = message.id AND bounce.kind = 'complained'
    WHERE message.invitation_id = invitation.id
  );

-- Reminders that make sense and are the latest of their invitation.
CREATE VIEW wanted_reminder AS
SELECT message.id AS message_id, remindable.at_rest_from, remindable.expires_at
FROM message
JOIN remindable ON remindable.invitation_id = message.invitation_id
WHERE message.kind = 'reminder'
  AND NOT EXISTS (
    SELECT 1 FROM message AS later
    WHERE later.invitation_id = message.invitation_id AND later.id > message.id AND +later.state <> 'canceled'
  );

-- Invitations that may be reminded of once enough time has passed: the relay took the latest message. With how
-- many reminders there were in all, and since the last message that was none and brought something new.
CREATE VIEW reminder_candidate AS
SELECT
    invitation.id AS invitation_id, latest.id AS message_id, latest.batch_id, latest.sent_at,
    remindable.at_rest_from, remindable.expires_at,
    (
        SELECT count(*) FROM message
        WHERE message.invitation_id = invitation.id AND message.kind = 'reminder' AND +message.state = 'sent'
    ) AS reminders,
    (
        SELECT count(*) FROM message
        WHERE message.invitation_id = invitation.id AND message.kind = 'reminder' AND +message.state = 'sent'
            AND message.id > coalesce((
                SELECT max(news.id) FROM message AS news
                WHERE news.invitation_id = invitation.id AND news.kind IN ('invitation', 'update')
                    AND +news.state <> 'canceled'
            ), 0)
    ) AS since_news
FROM invitation
-- in this order, the cheapest question is asked first
CROSS JOIN message AS latest
    ON latest.id = (
        SELECT max(message.id) FROM message
        WHERE message.invitation_id = invitation.id AND +message.state <> 'canceled'
    )
    AND +latest.state = 'sent'
CROSS JOIN remindable ON remindable.invitation_id = invitation.id
WHERE invitation.state = 'open';

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
                nullif(json_remove(details, '$.full_name', '$.document', '$.transcript'), '{}')
                IS DISTINCT FROM nullif(json_remove(as_details, '$.full_name', '$.document', '$.transcript'), '{}'),
                iif(credential_type = 'english', 'test result', 'course'),
                NULL
            ),
            iif(details -> 'document' IS DISTINCT FROM as_details -> 'document', 'document', NULL),
            iif(details -> 'transcript' IS DISTINCT FROM as_details -> 'transcript', 'transcript', NULL),
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

-- Wrong answers to the second question of the page, for the help desk.
CREATE TABLE wrong_answer (
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    at             INTEGER NOT NULL,
    locked_until   INTEGER                  -- when the page asks again; NULL: it still does
) STRICT;
CREATE INDEX wrong_answer_invitation ON wrong_answer (invitation_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- What is left of graduates whose personal data were purged
-- ---------------------------------------------------------------------------------------------------------------------

-- How many there were, so that every count stays right. What a batch brought stands with its number; what is counted
-- over all batches stands with 0.
CREATE TABLE purged_count (
    what      TEXT NOT NULL CHECK (what IN ('graduate', 'invitation', 'message', 'submission')),
    batch_id  INTEGER NOT NULL,
    state     TEXT NOT NULL,                -- in which they were; empty for graduates
    number    INTEGER NOT NULL,
    PRIMARY KEY (what, batch_id, state)
) STRICT, WITHOUT ROWID;

-- How far the graduates came whose data were purged, for the report: 0 imported, 1 mailed, 2 opened, 3 submitted,
-- 4 verified. Graduates stand with batch 0, invitations with each batch that mailed them.
CREATE TABLE purged_reach (
    batch_id  INTEGER NOT NULL,
    reach     INTEGER NOT NULL CHECK (reach BETWEEN 0 AND 4),
    number    INTEGER NOT NULL,
    PRIMARY KEY (batch_id, reach)
) STRICT, WITHOUT ROWID;

-- Their qualifications as keyed hashes (HMAC-SHA-256, in hexadecimal digits): a roster that still lists one invites nobody again.
CREATE TABLE purged_award (
    award    TEXT NOT NULL PRIMARY KEY,     -- of student id and course key
    student  TEXT NOT NULL                  -- of the student id
) STRICT, WITHOUT ROWID;
