DELETE FROM qualification WHERE graduate_id = $1
