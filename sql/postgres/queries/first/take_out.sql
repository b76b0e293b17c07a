-- Rows that must be held against others, by their records.
DELETE FROM staged_first USING unnest($1::BIGINT[]) AS wanted (record) WHERE staged_first.record = wanted.record
