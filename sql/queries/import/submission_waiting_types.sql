-- The types of credentials that wait for SEEK Pass; NULL is education.
SELECT DISTINCT qualification.credential_type
FROM submission
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
WHERE submission.state = 'waiting'
