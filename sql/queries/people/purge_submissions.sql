DELETE FROM submission WHERE graduate_id = $1
