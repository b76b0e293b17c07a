DELETE FROM wrong_answer WHERE invitation_id IN (SELECT id FROM invitation WHERE graduate_id = $1)
