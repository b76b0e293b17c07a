-- Who approved a plan, the first first.
SELECT operator, approved_by FROM plan WHERE id = $1 ORDER BY approved_at, operator
