SELECT DISTINCT graduate.student_id
FROM staged_lost
JOIN graduate ON graduate.id = staged_lost.graduate_id
ORDER BY graduate.student_id
LIMIT 5
