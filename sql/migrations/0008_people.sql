-- Who must not be mailed until somebody released them, and what the roster said that could not be taken.

-- One row for each reason; a graduate is held while there is any. Known by the student id alone, so that somebody can be
-- held whom no roster has listed yet.
CREATE TABLE hold (
    student_id  TEXT NOT NULL,
    -- roster: a column of it says so; conflict: its rows contradict each other; address: several students share it;
    -- file: the hold file lists the student; person: somebody said `gradpass hold`
    source      TEXT NOT NULL CHECK (source IN ('roster', 'conflict', 'address', 'file', 'person')),
    reason      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    PRIMARY KEY (student_id, source)
) STRICT, WITHOUT ROWID;

-- The rows of the latest import that could not be taken, so that the help desk can say why somebody was not invited.
CREATE TABLE rejected_row (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    student_id  TEXT,                       -- NULL: it cannot be read
    roster      TEXT NOT NULL,              -- the file's name
    line        INTEGER NOT NULL,
    problem     TEXT NOT NULL               -- with the column; never the value
) STRICT;
CREATE INDEX rejected_row_student ON rejected_row (student_id);

-- How the files of a batch were read (names of encodings, one a line): what was read so once is no guess any more.
ALTER TABLE batch ADD COLUMN decoding TEXT NOT NULL DEFAULT '';
-- Headers of columns that were not read, one a line.
ALTER TABLE batch ADD COLUMN unread TEXT NOT NULL DEFAULT '';
