SELECT coalesce(max(id), 0) AS "id!: i64" FROM invitation
