SELECT full_name, email, date_of_birth, language FROM graduate WHERE student_id = $1
