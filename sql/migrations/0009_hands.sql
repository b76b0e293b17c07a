-- What people did by hand, and what they said that stands over the roster.

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

-- A value that stands over the roster at every import, until the roster says the same.
CREATE TABLE correction (
    student_id  TEXT NOT NULL,
    field       TEXT NOT NULL CHECK (field IN ('full_name', 'email', 'date_of_birth', 'language')),
    value       TEXT NOT NULL,
    PRIMARY KEY (student_id, field)
) STRICT, WITHOUT ROWID;
