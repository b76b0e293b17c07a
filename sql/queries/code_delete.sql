DELETE FROM code WHERE hash = $1
