INSERT INTO invitation (id, graduate_id, state, created_at) SELECT record, record, 'open', $1 FROM staged_first
