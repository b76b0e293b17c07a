UPDATE batch SET plan = $1 WHERE plan IS NULL
