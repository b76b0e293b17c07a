SELECT EXISTS (SELECT 1 FROM plan WHERE id = $1) AS "approved!: bool"
