-- Redemption: what graduates asked for on the page, and what became of it at SEEK Pass.

-- The first time that one of its codes was used on the page. Opening the link is not using it.
ALTER TABLE invitation ADD COLUMN opened_at INTEGER;

-- One credential posted to SEEK Pass, under an id of ours.
CREATE TABLE submission (
    id            INTEGER PRIMARY KEY,
    seek_pass_id  TEXT NOT NULL UNIQUE,     -- <prefix>-<uuid>, here before its first byte leaves
    graduate_id   INTEGER NOT NULL,
    course_key    TEXT NOT NULL,
    digest        BLOB NOT NULL,            -- SHA-256 of the credential: other data need another id
    state         TEXT NOT NULL
        CHECK (state IN ('waiting', 'incomplete', 'verified', 'canceled', 'lapsed', 'rejected', 'replaced')),
    asked_at      INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,         -- when it is tried next
    attempts      INTEGER NOT NULL DEFAULT 0,
    sent_at       INTEGER,                  -- when it may first have reached SEEK Pass: its 48 hours run from here
    accepted_at   INTEGER,
    link          TEXT,                     -- kept only while it is incomplete
    ended_at      INTEGER,
    told_at       INTEGER,                  -- when SEEK Pass itself said how it ended; until then it is asked
    trouble       TEXT,                     -- why it was put off or rejected, for the operator
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
