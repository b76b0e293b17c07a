-- What a roster of the type $1 does not say, or says as before, of students whom rosters of other types list, too: the ledger
-- goes on with what it has. The address changes only where the roster has a new one; the name that mails greet by is that of
-- the education roster; and other types fill in what education leaves open.
UPDATE staged_row
SET roster_email = CASE
        WHEN lower(staged_row.email) = lower(joined.own_email) AND lower(staged_row.email) <> lower(joined.email)
        THEN staged_row.email
    END,
    email = CASE WHEN lower(staged_row.email) = lower(joined.own_email) THEN joined.email ELSE staged_row.email END,
    full_name = CASE WHEN joined.is_led THEN joined.full_name ELSE staged_row.full_name END,
    date_of_birth = CASE
        WHEN joined.is_led
        THEN coalesce(joined.date_of_birth, staged_row.date_of_birth)
        ELSE coalesce(staged_row.date_of_birth, joined.date_of_birth)
    END,
    language = CASE
        WHEN joined.is_led
        THEN coalesce(joined.language, staged_row.language)
        ELSE coalesce(staged_row.language, joined.language)
    END,
    priority = CASE
        WHEN joined.is_led
        THEN coalesce(joined.priority, staged_row.priority)
        ELSE coalesce(staged_row.priority, joined.priority)
    END
FROM (
    SELECT
        graduate.student_id, graduate.email, graduate.full_name, graduate.date_of_birth, graduate.language, graduate.priority,
        -- what the last roster of this type said
        (
            SELECT coalesce(max(own.roster_email), graduate.email)
            FROM qualification AS own
            WHERE own.graduate_id = graduate.id AND own.credential_type IS NOT DISTINCT FROM $1
        ) AS own_email,
        $1 IS NOT NULL AND EXISTS (
            SELECT 1 FROM qualification AS award
            WHERE award.graduate_id = graduate.id AND award.credential_type IS NULL AND award.withdrawn_at IS NULL
        ) AS is_led
    FROM graduate
    WHERE graduate.student_id IN (SELECT student_id FROM staged_row)
      AND EXISTS (
        SELECT 1 FROM qualification AS other
        WHERE other.graduate_id = graduate.id AND other.credential_type IS DISTINCT FROM $1 AND other.withdrawn_at IS NULL
      )
) AS joined
WHERE joined.student_id = staged_row.student_id
