-- Students of whom batch $1 changed or withdrew something. All that an import changes carries its time.
SELECT graduate.student_id
FROM batch
JOIN change ON change.at = batch.started_at
JOIN graduate ON graduate.id = change.graduate_id
WHERE batch.id = $1
UNION
SELECT graduate.student_id
FROM batch
JOIN qualification ON qualification.withdrawn_at = batch.started_at
JOIN graduate ON graduate.id = qualification.graduate_id
WHERE batch.id = $1
