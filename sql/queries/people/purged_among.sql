-- Those of the hashes in the JSON list $1 that are of purged awards.
SELECT purged_award.award
FROM json_each($1) AS given
JOIN purged_award ON purged_award.award = given.value
