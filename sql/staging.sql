-- The roster of one import, in a private temporary database that SQLite deletes by itself.
-- Attached beside the ledger, so that names need no prefix and build.rs can check the queries.

-- Sorted by student, so that the merge walks through neighbouring pages.
CREATE TABLE staged_row (
    record               INTEGER NOT NULL,      -- the data row, from 1
    line                 INTEGER NOT NULL,      -- the line it starts on, from 1
    student_id           TEXT NOT NULL,
    full_name            TEXT NOT NULL,
    email                TEXT NOT NULL,
    date_of_birth        TEXT,
    language             TEXT,
    priority             INTEGER,
    course_key           TEXT NOT NULL,
    course_code          TEXT,
    course_name          TEXT NOT NULL,
    conferral_year       INTEGER,
    conferral_date       TEXT,
    awaiting_graduation  INTEGER NOT NULL,
    majors               TEXT NOT NULL,
    honours              TEXT,
    details              TEXT,
    roster_email         TEXT,                  -- what the row says, where the ledger goes on with another address
    shares_address       INTEGER NOT NULL,      -- the row says that others may have its address
    fingerprint          INTEGER NOT NULL,
    PRIMARY KEY (student_id, record)
) STRICT, WITHOUT ROWID;

-- The same rows in the order of the roster, before they are sorted.
CREATE TABLE staged_arrival AS SELECT * FROM staged_row WHERE FALSE;

CREATE TABLE staged_mistake (
    record         INTEGER NOT NULL,
    line           INTEGER NOT NULL,
    column_number  INTEGER,                     -- from 1; NULL: the whole row
    column_name    TEXT,
    student_id     TEXT,
    course_key     TEXT,                        -- NULL: it cannot be read
    problem        TEXT NOT NULL,
    sheet          TEXT,                        -- of a workbook
    roster         TEXT NOT NULL                -- the file's name
) STRICT;

-- Students who are held for what the roster says.
CREATE TABLE staged_hold (
    student_id  TEXT NOT NULL,
    source      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (student_id, source)
) STRICT, WITHOUT ROWID;

-- Students who may stand in a row with a mistake: they are not missing from the roster.
CREATE TABLE staged_mention (
    student_id  TEXT NOT NULL
) STRICT;

-- Awards of the ledger whose fingerprint no row of the roster has: they changed, or they are no longer listed.
CREATE TABLE staged_missing (
    graduate_id  INTEGER NOT NULL,
    fingerprint  INTEGER NOT NULL
) STRICT;

-- Of these, what is no longer listed.
CREATE TABLE staged_lost (
    graduate_id  INTEGER NOT NULL,
    course_key   TEXT NOT NULL,
    PRIMARY KEY (graduate_id, course_key)
) STRICT, WITHOUT ROWID;

-- Qualifications of the ledger that are still listed, under another code or another name.
CREATE TABLE staged_pair (
    graduate_id  INTEGER NOT NULL,
    old_key      TEXT NOT NULL,
    new_key      TEXT NOT NULL,
    PRIMARY KEY (graduate_id, old_key)
) STRICT, WITHOUT ROWID;
