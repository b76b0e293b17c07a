SELECT EXISTS (SELECT 1 FROM submission WHERE state IN ('waiting', 'incomplete', 'verified')) AS "any!: bool"
