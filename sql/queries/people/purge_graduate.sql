DELETE FROM graduate WHERE id = $1
