INSERT INTO qualification (
    graduate_id, course_key, invitation_id, course_code, course_name, conferral_year, conferral_date,
    awaiting_graduation, majors, honours, fingerprint, credential_type, details, roster_email
)
SELECT
    graduate.id, staged_row.course_key,
    (
        SELECT max(invitation.id)
        FROM invitation
        JOIN message ON message.invitation_id = invitation.id
        WHERE invitation.graduate_id = graduate.id AND invitation.state = 'open'
          AND message.kind <> 'reminder' AND coalesce(message.state, '') IN ('waiting', 'deferred')
    ),
    staged_row.course_code, staged_row.course_name, staged_row.conferral_year, staged_row.conferral_date,
    staged_row.awaiting_graduation, staged_row.majors, staged_row.honours,
    staged_row.fingerprint, $3, staged_row.details, staged_row.roster_email
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id AND qualification.course_key = staged_row.course_key
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  AND qualification.graduate_id IS NULL
ORDER BY graduate.id, staged_row.course_key
