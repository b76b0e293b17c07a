-- What came back of messages that the relay had taken. The same table as before but for a state and the last column, with
-- its numbers. Run with foreign keys off.

CREATE TABLE message_bounced (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id  INTEGER NOT NULL REFERENCES invitation (id),
    batch_id       INTEGER NOT NULL REFERENCES batch (id),
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
    came_by_itself INTEGER NOT NULL DEFAULT 0 CHECK (came_by_itself IN (0, 1)),
    -- How many messages before it bounced and were tried again by themselves.
    again          INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO message_bounced (id, invitation_id, batch_id, kind, state, due_at, attempts, sent_at, came_by_itself)
SELECT id, invitation_id, batch_id, kind, state, due_at, attempts, sent_at, came_by_itself FROM message;
DELETE FROM sqlite_sequence WHERE name = 'message_bounced';
INSERT INTO sqlite_sequence (name, seq) SELECT 'message_bounced', seq FROM sqlite_sequence WHERE name = 'message';
DROP TABLE message;
ALTER TABLE message_bounced RENAME TO message;
CREATE INDEX message_invitation ON message (invitation_id);
CREATE INDEX message_state ON message (state, due_at, id);

-- Every message with all that its mail needs, as one JSON list: id, invitation, kind, attempts, when it is due, whether its
-- graduate is held, what an update is about (0 nothing that is left, 1 corrected, 2 awaited when it was added), the graduate,
-- and the qualifications that it lists, in no order.
CREATE VIEW message_content AS
SELECT
    message.id, message.invitation_id, invitation.state AS invitation_state, invitation.graduate_id,
    graduate.email,
    json_array(
        message.id, message.invitation_id, message.kind, message.attempts, message.due_at,
        EXISTS (SELECT 1 FROM hold WHERE hold.student_id = graduate.student_id),
        iif(
            message.kind = 'update',
            coalesce((
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
            ), 0),
            0
        ),
        graduate.student_id, graduate.full_name, graduate.email, graduate.language,
        (
            SELECT json_group_array(
                json_array(
                    course_code, course_name, conferral_year, conferral_date, awaiting_graduation, majors, honours
                )
            )
            FROM qualification
            WHERE qualification.graduate_id = graduate.id AND qualification.invitation_id = invitation.id
                AND qualification.withdrawn_at IS NULL
                -- what is in SEEK Pass already is no news
                AND (
                    message.kind <> 'update'
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

-- Numbers with which the ledger went on after it was restored: what was sent before carries the tags of the one before, and
-- messages after `last_message` that do so are forgotten ones whose numbers were given again.
CREATE TABLE restoration (
    number        INTEGER PRIMARY KEY,
    last_message  INTEGER NOT NULL
) STRICT;
-- How far it went is not known of an older restoration: nothing from before is believed.
INSERT INTO restoration (number, last_message) SELECT restored, 0 FROM sending WHERE restored > 0;

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
