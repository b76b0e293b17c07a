SELECT roster, line, problem FROM rejected_row WHERE student_id = $1 ORDER BY id
