-- The first use of a code on the page; $1 has them as pairs of invitation and time.
UPDATE invitation SET opened_at = use.value ->> 1
FROM json_each($1, '$.opened') AS use
WHERE invitation.id = use.value ->> 0 AND invitation.opened_at IS NULL
