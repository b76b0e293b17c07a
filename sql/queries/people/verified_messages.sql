-- Nothing more is to be done about the mail of an invitation of which everything is in SEEK Pass.
-- (the plus: there are a million of each state, and few of an invitation)
UPDATE message
SET state = 'canceled'
WHERE coalesce(state, '') IN ('waiting', 'deferred', 'refused', 'in_doubt')
  AND invitation_id IN (
    SELECT invitation.id FROM invitation
    JOIN qualification ON qualification.invitation_id = invitation.id
    WHERE qualification.graduate_id = $1 AND qualification.course_key = $2 AND invitation.state = 'verified'
  )
