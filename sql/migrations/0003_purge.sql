-- Purge: a graduate whose personal data are gone stays as a row that counts, and tells nobody's name.
ALTER TABLE graduate ADD COLUMN purged_at INTEGER;

-- Awards whose graduates were purged, as keyed hashes only (HMAC-SHA-256, in hexadecimal digits): a roster that still
-- lists one invites nobody again. Nothing leads from here to the rows that are left.
CREATE TABLE purged_award (
    award    TEXT NOT NULL PRIMARY KEY,     -- of student id and course key
    student  TEXT NOT NULL                  -- of the student id
) STRICT, WITHOUT ROWID;
