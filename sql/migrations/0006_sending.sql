-- How far sending has come. A file beside the ledger knows it too (src/witness.rs): a ledger that lags behind it was
-- restored from a backup, and does not know whom later nights mailed.
CREATE TABLE sending (
    ledger    TEXT NOT NULL PRIMARY KEY,    -- of this ledger and of every copy of it
    number    INTEGER NOT NULL,             -- of the last sending; begins and ends count alike
    restored  INTEGER NOT NULL              -- the number with which it went on after it was last restored
) STRICT, WITHOUT ROWID;
INSERT INTO sending VALUES (lower(hex(randomblob(8))), 0, 0);

-- Mail that waited when its invitation ended counted as waiting for ever.
UPDATE message
SET state = 'canceled'
WHERE state IN ('waiting', 'deferred') AND invitation_id IN (SELECT id FROM invitation WHERE state <> 'open');
