UPDATE graduate
SET full_name = coalesce($2, full_name),
    email = coalesce($3, email),
    date_of_birth = coalesce($4, date_of_birth),
    language = coalesce($5, language)
WHERE id = $1
