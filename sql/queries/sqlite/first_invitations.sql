-- An import into an empty ledger: every graduate has one invitation, under the same number.
INSERT OR ROLLBACK INTO invitation (id, graduate_id, state, created_at)
SELECT id, id, 'open', $1 FROM graduate ORDER BY id
