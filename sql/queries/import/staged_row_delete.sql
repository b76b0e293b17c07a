DELETE FROM staged_row WHERE student_id = $1 AND record = $2
