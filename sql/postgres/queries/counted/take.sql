-- PostgreSQL. It is for whoever changes the row to count for the monitoring: nobody has begun to within a minute.
INSERT INTO counted (is_only, begun_at, counts) VALUES (TRUE, server_now(), '')
ON CONFLICT (is_only) DO UPDATE SET begun_at = server_now()
WHERE counted.begun_at <= server_now() - 60000 OR counted.begun_at > server_now()
