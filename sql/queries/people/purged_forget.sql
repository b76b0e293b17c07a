DELETE FROM purged_award WHERE student = $1
