-- Two lost qualifications with one new one: nobody can tell which of them it is.
DELETE FROM staged_pair
WHERE (graduate_id, new_key) IN (
    SELECT graduate_id, new_key FROM staged_pair GROUP BY graduate_id, new_key HAVING count(*) > 1
)
