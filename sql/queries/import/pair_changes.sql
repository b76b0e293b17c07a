UPDATE change
SET course_key = staged_pair.new_key
FROM staged_pair
WHERE change.graduate_id = staged_pair.graduate_id AND change.course_key = staged_pair.old_key
