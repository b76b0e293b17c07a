-- PostgreSQL. What dead nodes had in hand and did not begin is anybody's.
DELETE FROM claim
WHERE NOT EXISTS (SELECT 1 FROM node WHERE node.id = claim.node)
  AND NOT EXISTS (
    SELECT 1 FROM message WHERE message.id = claim.message_id AND message.state IN ('sending', 'in_doubt')
  )
