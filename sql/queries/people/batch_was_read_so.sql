-- Whether a roster was imported that was read in the encoding $1.
SELECT EXISTS (
    SELECT 1 FROM batch
    WHERE finished_at IS NOT NULL AND instr(char(10) || decoding || char(10), char(10) || $1 || char(10)) > 0
) AS "was!: bool"
