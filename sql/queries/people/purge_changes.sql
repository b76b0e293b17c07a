DELETE FROM change WHERE graduate_id = $1
