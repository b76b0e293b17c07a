DELETE FROM staged_lost WHERE graduate_id = (SELECT id FROM graduate WHERE student_id = $1)
