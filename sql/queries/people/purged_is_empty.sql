SELECT NOT EXISTS (SELECT 1 FROM purged_award) AS "empty!: bool"
