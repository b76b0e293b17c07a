SELECT rejected_row.roster, rejected_row.line, rejected_row.problem, rejected_row.course_key, batch.started_at AS "started_at: Moment"
FROM rejected_row
JOIN batch ON batch.id = rejected_row.batch_id
WHERE rejected_row.student_id = $1
ORDER BY rejected_row.id
