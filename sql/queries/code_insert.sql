-- The codes of those messages of $2 that have just become `sending`.
INSERT INTO code (hash, invitation_id, made_at, expires_at)
SELECT unhex(wanted.value ->> 'code_hash'), message.invitation_id, wanted.value ->> 'at', wanted.value ->> 'code_expires_at'
FROM json_each($2) AS wanted
CROSS JOIN message ON message.id = wanted.value ->> 'message_id' AND message.state = 'sending'
