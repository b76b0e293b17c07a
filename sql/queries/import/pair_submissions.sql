UPDATE submission
SET course_key = staged_pair.new_key
FROM staged_pair
WHERE submission.graduate_id = staged_pair.graduate_id AND submission.course_key = staged_pair.old_key
