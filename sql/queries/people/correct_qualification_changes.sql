-- As the submissions: what changed of a qualification goes by its new key, too.
UPDATE change SET course_key = $3 WHERE graduate_id = $1 AND course_key = $2
