DELETE FROM rejected_row WHERE student_id = (SELECT student_id FROM graduate WHERE id = $1)
