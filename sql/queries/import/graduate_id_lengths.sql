SELECT json_group_array(DISTINCT length(student_id)) AS "lengths!: String" FROM graduate
