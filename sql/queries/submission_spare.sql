-- The graduate has finished submission $1: a later one for the same qualification is not needed.
UPDATE submission
SET state = 'canceled', ended_at = $2, link = NULL, trouble = 'the one before it was finished'
WHERE id <> $1 AND state IN ('waiting', 'incomplete')
  AND (graduate_id, course_key) = (SELECT own.graduate_id, own.course_key FROM submission AS own WHERE own.id = $1)
