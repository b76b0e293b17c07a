SELECT NOT EXISTS (SELECT 1 FROM graduate) AS "empty!: bool"
