UPDATE qualification
SET course_key = staged_pair.new_key
FROM staged_pair
WHERE qualification.graduate_id = staged_pair.graduate_id AND qualification.course_key = staged_pair.old_key
