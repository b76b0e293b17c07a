-- PostgreSQL.
-- Whether a roster was imported that was read in the encoding $1.
SELECT EXISTS (
    SELECT 1 FROM batch
    WHERE finished_at IS NOT NULL AND strpos(chr(10) || decoding || chr(10), chr(10) || $1 || chr(10)) > 0
) AS "was!: bool"
