UPDATE staged_pair
SET new_key = $3
WHERE graduate_id = (SELECT id FROM graduate WHERE student_id = $1) AND new_key = $2
