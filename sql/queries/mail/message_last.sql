-- The highest number that a message ever had, purged or not.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'message'), 0) AS "id!: i64"
