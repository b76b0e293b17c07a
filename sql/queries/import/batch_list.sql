SELECT
    id, roster, started_at AS "started_at: Moment", finished_at AS "finished_at!: MaybeMoment", row_count, new, unchanged, changed, withdrawn, rejected, decoding
FROM batch
ORDER BY id
