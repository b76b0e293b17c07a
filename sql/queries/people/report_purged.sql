-- How far those came who were purged: graduates with batch 0, invitations with the batch that mailed them.
SELECT batch_id, reach, number FROM purged_reach
