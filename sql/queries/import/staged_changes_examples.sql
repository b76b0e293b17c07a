-- Some of the graduates whose $1 (addresses, names, awards) would change.
SELECT DISTINCT graduate.student_id
FROM staged_row
JOIN graduate ON graduate.student_id = staged_row.student_id
LEFT JOIN staged_pair ON staged_pair.graduate_id = graduate.id AND staged_pair.new_key = staged_row.course_key
LEFT JOIN qualification
    ON qualification.graduate_id = graduate.id
    AND qualification.course_key = coalesce(staged_pair.old_key, staged_row.course_key)
    AND qualification.withdrawn_at IS NULL
WHERE ($1 = 'addresses' AND lower(staged_row.email) <> lower(graduate.email))
   OR ($1 = 'names' AND staged_row.full_name <> graduate.full_name)
   OR (
    $1 = 'awards'
    AND (
        qualification.course_name <> staged_row.course_name
        OR (qualification.conferral_year <> staged_row.conferral_year)
        OR qualification.majors <> staged_row.majors
        OR qualification.honours IS DISTINCT FROM staged_row.honours
        OR qualification.details IS DISTINCT FROM staged_row.details
    )
    AND qualification.graduate_id IS NOT NULL
   )
ORDER BY graduate.student_id
LIMIT 5
