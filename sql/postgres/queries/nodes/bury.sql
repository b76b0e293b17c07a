-- PostgreSQL. From here on nobody waits for those whose lease is over.
DELETE FROM node WHERE lease_until <= server_now()
