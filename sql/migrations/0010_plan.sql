-- Plans that somebody approved: what a run over certain rosters would do, by the digest that its dry run printed.
CREATE TABLE plan (
    id           TEXT NOT NULL PRIMARY KEY,
    approved_at  INTEGER NOT NULL,
    approved_by  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The approved plan that a batch came with; what it brought may be mailed to any number of people.
ALTER TABLE batch ADD COLUMN plan TEXT;
