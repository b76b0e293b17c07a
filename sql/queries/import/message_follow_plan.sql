UPDATE message SET came_by_itself = 0 WHERE state IN ('waiting', 'deferred') AND came_by_itself = 1
