SELECT count(DISTINCT record) AS "rejected!: i64" FROM staged_mistake
