UPDATE staged_row SET majors = $3, fingerprint = $4 WHERE student_id = $1 AND record = $2
