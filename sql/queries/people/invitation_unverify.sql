-- Something that it lists is in SEEK Pass no more: its codes add it again.
UPDATE invitation
SET state = 'open'
WHERE state = 'verified'
  AND id = (SELECT invitation_id FROM qualification WHERE graduate_id = $1 AND course_key = $2)
  AND EXISTS (
    SELECT 1 FROM unverified_award AS award
    WHERE award.graduate_id = $1 AND award.course_key = $2
  )
