-- The tables of sql/staging.sql for PostgreSQL, where the comments stand: temporary ones of the connection of one import, which go
-- with it. `number` is the order of arrival.

CREATE TEMPORARY TABLE staged_row (
    record               BIGINT NOT NULL,
    line                 BIGINT NOT NULL,
    student_id           TEXT COLLATE "C" NOT NULL,
    full_name            TEXT COLLATE "C" NOT NULL,
    email                TEXT COLLATE "C" NOT NULL,
    date_of_birth        TEXT COLLATE "C",
    language             TEXT COLLATE "C",
    priority             BIGINT,
    course_key           TEXT COLLATE "C" NOT NULL,
    course_code          TEXT COLLATE "C",
    course_name          TEXT COLLATE "C" NOT NULL,
    conferral_year       BIGINT,
    conferral_date       TEXT COLLATE "C",
    awaiting_graduation  BIGINT NOT NULL,
    majors               TEXT COLLATE "C" NOT NULL,
    honours              TEXT COLLATE "C",
    details              TEXT COLLATE "C",
    roster_email         TEXT COLLATE "C",
    shares_address       BIGINT NOT NULL,
    fingerprint          BIGINT NOT NULL,
    PRIMARY KEY (student_id, record)
);

CREATE TEMPORARY TABLE staged_arrival AS SELECT * FROM staged_row WHERE FALSE;

-- The rows of an import into an empty ledger, which go into it as they are.
CREATE TEMPORARY TABLE staged_first AS SELECT * FROM staged_row WHERE FALSE;

CREATE TEMPORARY TABLE staged_mistake (
    number         BIGINT GENERATED ALWAYS AS IDENTITY,
    record         BIGINT NOT NULL,
    line           BIGINT NOT NULL,
    column_number  BIGINT,
    column_name    TEXT COLLATE "C",
    student_id     TEXT COLLATE "C",
    course_key     TEXT COLLATE "C",
    problem        TEXT COLLATE "C" NOT NULL,
    sheet          TEXT COLLATE "C",
    roster         TEXT COLLATE "C" NOT NULL
);

CREATE TEMPORARY TABLE staged_hold (
    student_id  TEXT COLLATE "C" NOT NULL,
    source      TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (student_id, source)
);

CREATE TEMPORARY TABLE staged_mention (
    student_id  TEXT COLLATE "C" NOT NULL
);

CREATE TEMPORARY TABLE staged_missing (
    graduate_id  BIGINT NOT NULL,
    fingerprint  BIGINT NOT NULL
);

CREATE TEMPORARY TABLE staged_lost (
    graduate_id  BIGINT NOT NULL,
    course_key   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (graduate_id, course_key)
);

CREATE TEMPORARY TABLE staged_pair (
    graduate_id  BIGINT NOT NULL,
    old_key      TEXT COLLATE "C" NOT NULL,
    new_key      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (graduate_id, old_key)
);
