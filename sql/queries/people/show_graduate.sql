SELECT full_name, email, (
    SELECT count(*) FROM qualification
    WHERE qualification.graduate_id = graduate.id AND qualification.withdrawn_at IS NULL
) AS "qualifications!: i64"
FROM graduate
WHERE student_id = $1
