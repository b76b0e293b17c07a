-- What a graduate was invited for.
SELECT course_key FROM qualification WHERE graduate_id = $1
