DELETE FROM invitation WHERE graduate_id = $1
