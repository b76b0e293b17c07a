-- What somebody said by hand stands until somebody takes it back: who is held is not mailed when a roster lists her again.
DELETE FROM hold WHERE source <> 'person' AND student_id = (SELECT student_id FROM graduate WHERE id = $1)
