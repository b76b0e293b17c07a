-- The reason may tell of a person, and what it told of is gone.
UPDATE hold SET reason = 'by hand, before the data were purged'
WHERE source = 'person' AND student_id = (SELECT student_id FROM graduate WHERE id = $1)
