-- Purge: what is left of graduates whose personal data are gone.

-- How many there were, so that every count stays right. What a batch brought stands with its number; what is counted
-- over all batches stands with 0.
CREATE TABLE purged_count (
    what      TEXT NOT NULL CHECK (what IN ('graduate', 'invitation', 'message', 'submission')),
    batch_id  INTEGER NOT NULL,
    state     TEXT NOT NULL,                -- in which they were; empty for graduates
    number    INTEGER NOT NULL,
    PRIMARY KEY (what, batch_id, state)
) STRICT, WITHOUT ROWID;

-- The awards as keyed hashes (HMAC-SHA-256, in hexadecimal digits): a roster that still lists one invites nobody again.
CREATE TABLE purged_award (
    award    TEXT NOT NULL PRIMARY KEY,     -- of student id and course key
    student  TEXT NOT NULL                  -- of the student id
) STRICT, WITHOUT ROWID;
