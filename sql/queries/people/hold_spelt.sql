-- Who was held before a roster listed them may have been typed in another case and punctuation: the hold is theirs as the
-- roster spells them.
INSERT INTO hold (student_id, source, reason, since)
SELECT graduate.student_id, typed.source, typed.reason, typed.since
FROM hold AS typed
CROSS JOIN folded_graduate AS graduate
WHERE graduate.folded_id = typed.folded_id AND typed.source IN ('file', 'person')
  AND NOT EXISTS (SELECT 1 FROM graduate WHERE graduate.student_id = typed.student_id)
ON CONFLICT DO NOTHING
