-- How far the graduates came whose data were purged, for the report: 0 imported, 1 mailed, 2 opened, 3 submitted,
-- 4 verified. Graduates stand with batch 0, invitations with each batch that mailed them.
CREATE TABLE purged_reach (
    batch_id  INTEGER NOT NULL,
    reach     INTEGER NOT NULL CHECK (reach BETWEEN 0 AND 4),
    number    INTEGER NOT NULL,
    PRIMARY KEY (batch_id, reach)
) STRICT, WITHOUT ROWID;
