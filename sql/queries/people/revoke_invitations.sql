UPDATE invitation
SET state = 'revoked'
WHERE state = 'open' AND graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
