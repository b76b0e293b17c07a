DELETE FROM staged_row WHERE record = $1
