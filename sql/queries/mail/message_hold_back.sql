-- Later nights, which this ledger has forgotten, may have mailed these.
UPDATE message SET state = 'in_doubt' WHERE state IN ('waiting', 'deferred')
