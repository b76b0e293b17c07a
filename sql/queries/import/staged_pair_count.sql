SELECT count(*) AS "pairs!" FROM staged_pair
