-- $1 is past every number that was seen before the ledger was restored. It stays behind unless $2 says that it has caught up.
UPDATE sending SET restored = $1, number = CASE WHEN $2 THEN $1 ELSE number END
