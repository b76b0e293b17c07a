-- The graduate has finished submission $1: another for the same qualification is not needed, nor to be tried again.
UPDATE submission
SET state = 'canceled', ended_at = $2, link = NULL, trouble = 'another one was finished'
WHERE id <> $1 AND state IN ('waiting', 'incomplete', 'rejected')
  AND (graduate_id, course_key) = (SELECT own.graduate_id, own.course_key FROM submission AS own WHERE own.id = $1)
