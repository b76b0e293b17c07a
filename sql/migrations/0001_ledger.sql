-- The ledger. Times are UTC milliseconds since 1970; dates are YYYY-MM-DD.
-- Never edited once landed: a change is a new migration.

-- One import of one roster.
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
    rejected     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE graduate (
    id             INTEGER PRIMARY KEY,
    student_id     TEXT NOT NULL UNIQUE,
    full_name      TEXT NOT NULL,
    email          TEXT NOT NULL,
    date_of_birth  TEXT,
    language       TEXT
) STRICT;

-- A graduate's right to add the qualifications that point at it.
CREATE TABLE invitation (
    id           INTEGER PRIMARY KEY,
    graduate_id  INTEGER NOT NULL REFERENCES graduate (id),
    state        TEXT NOT NULL CHECK (state IN ('open', 'verified', 'revoked', 'withdrawn')),
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX invitation_graduate ON invitation (graduate_id);

-- One award. course_key tells the awards of one graduate apart: the course code, else the folded course name.
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
    PRIMARY KEY (graduate_id, course_key)
) STRICT, WITHOUT ROWID;

-- One email of one invitation.
CREATE TABLE message (
    id             INTEGER PRIMARY KEY,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    batch_id       INTEGER NOT NULL REFERENCES batch (id),
    kind           TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder')),
    state          TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'deferred', 'refused', 'in_doubt', 'canceled')),
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER
) STRICT;
CREATE INDEX message_invitation ON message (invitation_id);
CREATE INDEX message_due ON message (due_at, id) WHERE state IN ('waiting', 'deferred');
CREATE INDEX message_unfinished ON message (state) WHERE state IN ('sending', 'in_doubt', 'refused');

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

-- How many messages were begun on a day of the university's calendar: the relay's daily budget.
CREATE TABLE mail_day (
    day   TEXT NOT NULL PRIMARY KEY,
    used  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The fingerprint of the key that the codes above were hashed with: another key would void them all.
CREATE TABLE code_key (
    fingerprint  BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
