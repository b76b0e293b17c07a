-- What is right of a qualification, too, and not only of the student. The same table as in 0009 but for the fields and
-- which qualification a correction is about.
CREATE TABLE correction_of (
    student_id  TEXT NOT NULL,
    course_key  TEXT NOT NULL,              -- as the roster had it when it was first corrected; empty: of the student
    field       TEXT NOT NULL CHECK (
        (course_key = '' AND field IN ('full_name', 'email', 'date_of_birth', 'language'))
        OR (course_key <> '' AND field IN (
            'course_name', 'honours', 'majors', 'conferral_year', 'conferral_date', 'awaiting_graduation'
        ))
    ),
    value       TEXT NOT NULL,
    PRIMARY KEY (student_id, course_key, field)
) STRICT, WITHOUT ROWID;
INSERT INTO correction_of (student_id, course_key, field, value) SELECT student_id, '', field, value FROM correction;
DROP TABLE correction;
ALTER TABLE correction_of RENAME TO correction;

-- A plan may want two people: each login name approves it once. Otherwise as in 0010.
CREATE TABLE plan_of (
    id           TEXT NOT NULL,
    operator     TEXT NOT NULL,             -- login name
    approved_at  INTEGER NOT NULL,
    approved_by  TEXT NOT NULL,             -- in the operator's words
    PRIMARY KEY (id, operator)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_of (id, operator, approved_at, approved_by)
SELECT id, approved_by, approved_at, approved_by FROM plan;
DROP TABLE plan;
ALTER TABLE plan_of RENAME TO plan;
