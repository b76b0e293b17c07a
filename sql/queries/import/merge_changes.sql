-- What the roster now says of qualifications that the ledger holds; one that had been withdrawn is back.
UPDATE qualification
SET course_code = staged_row.course_code,
    course_name = staged_row.course_name,
    conferral_year = staged_row.conferral_year,
    conferral_date = staged_row.conferral_date,
    awaiting_graduation = staged_row.awaiting_graduation,
    majors = staged_row.majors,
    honours = staged_row.honours,
    details = staged_row.details,
    roster_email = staged_row.roster_email,
    fingerprint = staged_row.fingerprint,
    withdrawn_at = NULL
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
  AND qualification.graduate_id = graduate.id
  AND qualification.course_key = staged_row.course_key
