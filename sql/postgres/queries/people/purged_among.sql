-- PostgreSQL.
-- Those of the hashes in the JSON list $1 that are of purged awards.
SELECT purged_award.award
FROM json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) AS given
JOIN purged_award ON purged_award.award = given
