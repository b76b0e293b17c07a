DELETE FROM bounce
WHERE message_id IN (
    SELECT message.id FROM invitation JOIN message ON message.invitation_id = invitation.id WHERE invitation.graduate_id = $1
)
