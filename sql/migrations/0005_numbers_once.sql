-- Purged rows leave no number that is given again: a Message-ID is made of the message's number, and the address of a
-- waiting page of the submission's. The same tables as before with AUTOINCREMENT, which only a new table can have; run
-- with foreign keys off.

CREATE TABLE message_once (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    batch_id       INTEGER NOT NULL REFERENCES batch (id),
    kind           TEXT NOT NULL CHECK (kind = 'invitation' OR kind = 'reminder'),
    state          TEXT NOT NULL CHECK (
        state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'deferred' OR state = 'refused'
        OR state = 'in_doubt' OR state = 'canceled'
    ),
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER
) STRICT;
INSERT INTO message_once
SELECT id, invitation_id, batch_id, kind, state, due_at, attempts, sent_at FROM message;
DROP TABLE message;
ALTER TABLE message_once RENAME TO message;
CREATE INDEX message_invitation ON message (invitation_id);
CREATE INDEX message_state ON message (state, due_at, id);

CREATE TABLE submission_once (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    seek_pass_id  TEXT NOT NULL UNIQUE,
    graduate_id   INTEGER NOT NULL,
    course_key    TEXT NOT NULL,
    digest        BLOB NOT NULL,
    state         TEXT NOT NULL
        CHECK (state IN ('waiting', 'incomplete', 'verified', 'canceled', 'lapsed', 'rejected', 'replaced')),
    asked_at      INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    sent_at       INTEGER,
    accepted_at   INTEGER,
    link          TEXT,
    ended_at      INTEGER,
    told_at       INTEGER,
    trouble       TEXT,
    FOREIGN KEY (graduate_id, course_key) REFERENCES qualification (graduate_id, course_key)
) STRICT;
INSERT INTO submission_once (
    id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, attempts, sent_at, accepted_at, link,
    ended_at, told_at, trouble
)
SELECT id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, attempts, sent_at, accepted_at, link,
       ended_at, told_at, trouble
FROM submission;

DROP VIEW unverified_award;
DROP TABLE submission;
ALTER TABLE submission_once RENAME TO submission;
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
