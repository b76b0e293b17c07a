-- A new address: what never arrived at the old one makes room for a new message, and so does a
-- reminder of it.
-- (the plus: there are a million of each state, and few of an invitation)
UPDATE message
SET state = 'canceled'
WHERE (coalesce(state, '') IN ('deferred', 'refused', 'in_doubt') OR kind = 'reminder' AND coalesce(state, '') = 'waiting')
  AND invitation_id IN (
    SELECT invitation.id
    FROM staged_row
    JOIN graduate ON graduate.student_id = staged_row.student_id
    JOIN invitation ON invitation.graduate_id = graduate.id
    WHERE staged_row.student_id > $1 AND staged_row.student_id <= $2
      AND staged_row.email <> graduate.email AND invitation.state IN ('open', 'withdrawn')
  )
