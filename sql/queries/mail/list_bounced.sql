-- Whom the latest message did not reach, with why, and when it is tried again.
SELECT
    graduate.student_id AS "student_id!", unreached.at AS "since!: Moment", unreached.kind AS "kind!: String",
    unreached.code AS "code!: String", unreached.reason AS "reason!: String", unreached.is_forwarded = 1 AS "is_forwarded!: bool",
    unreached.again_at AS "again_at!: MaybeMoment"
FROM unreached
JOIN graduate ON graduate.id = unreached.graduate_id
ORDER BY graduate.student_id
