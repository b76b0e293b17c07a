SELECT email FROM graduate WHERE student_id = $1
