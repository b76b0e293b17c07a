-- Who was held before a roster listed them may have been typed in another case and punctuation: the hold is theirs as the
-- roster spells them.
INSERT INTO hold (student_id, source, reason, since)
WITH typed AS MATERIALIZED (
    SELECT source, reason, since, lower(replace(replace(replace(replace(replace(replace(replace(student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', '')) AS folded
    FROM hold
    WHERE source IN ('file', 'person')
      AND NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = hold.student_id)
)
SELECT graduate.student_id, typed.source, typed.reason, typed.since
FROM graduate
JOIN typed
    ON typed.folded = lower(replace(replace(replace(replace(replace(replace(replace(graduate.student_id, '-', ''), '_', ''), '.', ''), '/', ''), ':', ''), '+', ''), '#', ''))
WHERE EXISTS (SELECT 1 FROM typed)
ON CONFLICT DO NOTHING
