DELETE FROM qualification WHERE graduate_id = $1 AND course_name <> ''
