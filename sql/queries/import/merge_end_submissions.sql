-- A new address: the link that somebody at the old one may have got is not given to the graduate.
UPDATE submission
SET state = 'canceled', ended_at = $3, link = NULL, trouble = 'the address was changed'
WHERE state IN ('waiting', 'incomplete')
  AND graduate_id IN (
    SELECT graduate.id
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2 AND staged_row.email <> graduate.email
  )
