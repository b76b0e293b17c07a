-- What was in SEEK Pass may be there no more (revoked, unshared), and SEEK Pass may say words that nobody knows yet. The
-- same table as in 0005 but for the states and the last column, with its numbers: also those of purged rows are never given
-- again.
CREATE TABLE submission_states (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    seek_pass_id    TEXT NOT NULL UNIQUE,
    graduate_id     INTEGER NOT NULL,
    course_key      TEXT NOT NULL,
    digest          BLOB NOT NULL,
    state           TEXT NOT NULL
        CHECK (state IN (
            'waiting', 'incomplete', 'verified', 'canceled', 'lapsed', 'revoked', 'unshared', 'rejected', 'replaced'
        )),
    asked_at        INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    sent_at         INTEGER,
    accepted_at     INTEGER,
    link            TEXT,
    ended_at        INTEGER,
    told_at         INTEGER,
    trouble         TEXT,
    unknown_status  TEXT,                   -- what SEEK Pass said of it last, if that is a word that nobody knows
    FOREIGN KEY (graduate_id, course_key) REFERENCES qualification (graduate_id, course_key)
) STRICT;
INSERT INTO submission_states (
    id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, attempts, sent_at, accepted_at, link,
    ended_at, told_at, trouble
)
SELECT id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, attempts, sent_at, accepted_at, link,
       ended_at, told_at, trouble
FROM submission;
DELETE FROM sqlite_sequence WHERE name = 'submission_states';
INSERT INTO sqlite_sequence (name, seq) SELECT 'submission_states', seq FROM sqlite_sequence WHERE name = 'submission';

DROP VIEW unverified_award;
DROP TABLE submission;
ALTER TABLE submission_states RENAME TO submission;
CREATE UNIQUE INDEX submission_live ON submission (graduate_id, course_key)
    WHERE state IN ('waiting', 'incomplete', 'verified');
CREATE INDEX submission_qualification ON submission (graduate_id, course_key, id);
CREATE INDEX submission_waiting ON submission (asked_at, id, due_at) WHERE state = 'waiting';
CREATE INDEX submission_incomplete ON submission (id) WHERE state = 'incomplete';
CREATE INDEX submission_untold ON submission (id) WHERE accepted_at IS NOT NULL AND told_at IS NULL;
CREATE INDEX submission_rejected ON submission (id) WHERE state = 'rejected';

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
