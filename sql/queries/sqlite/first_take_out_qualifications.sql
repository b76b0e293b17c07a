DELETE FROM qualification WHERE graduate_id IN (SELECT value FROM json_each($1))
