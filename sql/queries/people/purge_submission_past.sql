DELETE FROM submission_past WHERE submission_id IN (SELECT id FROM submission WHERE graduate_id = $1)
