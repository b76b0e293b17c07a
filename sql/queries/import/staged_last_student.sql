SELECT max(student_id) AS "student_id: String" FROM staged_row
